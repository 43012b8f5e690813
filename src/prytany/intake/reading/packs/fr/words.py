"""French words by what they are a sign of."""

ACT = """
accélérer, accentuer, accomplir, accorder, accroître, achever, actualiser, adapter, adopter, adresser, affecter, afficher, agir, aider, ajuster,
aménager, améliorer, amplifier, analyser, animer, annoncer, appeler, appliquer, apporter, apprécier, approfondir, approuver, appuyer, archiver,
arrêter, assister, associer, assurer, atteindre, attirer, attribuer, augmenter, autoriser, avancer, bâtir, bien faire, charger, chercher, clarifier,
collaborer, collecter, combattre, commencer, communiquer, compléter, concentrer, concevoir, concrétiser, conduire, confier, confirmer, conseiller, conserver,
considérer, consolider, constituer, construire, consulter, contacter, continuer, contribuer, contrôler, convoquer, coopérer, coordonner, corriger, créer,
débattre, décaisser, décider, déclarer, défendre, définir, délivrer, demander, démarrer, déployer, déposer, désigner, déterminer, développer, devenir, diffuser, diriger,
discuter, disposer, distribuer, diversifier, donner, doter, dresser, échanger, écouter, édicter, éditer, éduquer, effectuer, élaborer, élargir, élire, élever, éliminer, émettre,
empêcher, encadrer, encourager, engager, enregistrer, enrichir, entamer, entreprendre, entretenir, envoyer, équiper, établir, étendre, étudier,
évaluer, éviter, examiner, exécuter, exercer, exiger, expérimenter, expliquer, exploiter, faciliter, faire, faire preuve, favoriser, finaliser, finir, fixer, former, formuler,
fournir, garantir, gérer, guider, harmoniser, honorer, identifier, illustrer, impliquer, imposer, inciter, inclure, indiquer, informer, initier, innover,
inscrire, insister, inspecter, installer, instaurer, instituer, instruire, intensifier, intégrer, intervenir, introduire, inventorier, investir, inviter, joindre, jouer,
lancer, lever, limiter, livrer, lutter, maintenir, maîtriser, mener, mesurer, mettre, mettre en œuvre, mettre en oeuvre, mettre en place, mettre l'accent, mettre à jour, mobiliser,
moderniser, modifier, motiver, multiplier, nettoyer, nommer, notifier, numériser, observer, obtenir, œuvrer, offrir, optimiser, ordonner, organiser, orienter, ouvrir,
parachever, partager, participer, parvenir, payer, perfectionner, permettre, planifier, porter, poursuivre, pratiquer, préciser, prendre, préparer, présenter,
préserver, présider, prévenir, prévoir, procéder, produire, programmer, prolonger, promouvoir, promulguer, proposer, protéger, publier, quantifier, rappeler,
rapporter, rassembler, réaliser, recenser, recevoir, rechercher, récompenser, recruter, rectifier, rédiger, redoubler, réduire, réexaminer, refléter, réfléchir, réformer, regrouper,
relancer, relier, remédier, remettre, remplacer, remplir, rénover, renforcer, rendre, rendre compte, renouveler, réorganiser, réparer, répartir, répondre, reproduire, réserver,
résorber, résoudre, respecter, restructurer, résumer, réunir, réussir, revoir, s'abstenir, s'appuyer, s'assurer, s'attacher, se concentrer, se conformer, se coordonner, se doter,
s'efforcer, s'engager, se mobiliser, se préparer, sécuriser, sélectionner, sensibiliser, servir, signaler, signer, simplifier, soigner, solliciter, souligner, soumettre, soutenir, stabiliser,
standardiser, stimuler, suivre, superviser, supprimer, surmonter, surveiller, synthétiser, tenir, tenir compte, terminer, tirer, traduire, traiter, transférer, transmettre,
transformer, travailler, trouver, unifier, utiliser, valider, valoriser, veiller, vérifier, verser, viser, visiter, voter, diriger et orienter, diligenter, désherber, achever la, faire rapport,
mettre fin, mettre en valeur, mettre en service, donner la priorité, tirer les leçons, étoffer, conjuguer, doubler, accueillir, recueillir, définir clairement, garantir que, aller, être, avoir, prier, lier, détecter, constituer
"""

DIRECT = """
a insisté pour que, insiste pour que, a souhaité que, ont insisté pour que, a demandé, ont demandé, demande, demandent, a exigé, ont exigé, exige, exigent, a ordonné, ordonne, a enjoint, enjoint, a invité, invite, invitent, ont invité, a appelé, appelle, appellent, ont appelé,
a exhorté, exhorte, a chargé de, a instruit, a donné instruction, a donné des instructions, a donné pour instruction, a donné des orientations, a recommandé, recommande, a prié, prie, a rappelé, a dirigé, est prié de, sont priés de, est priée de, sont priées de,
est invité à, sont invités à, est invitée à, sont invitées à, est tenu de, sont tenus de, est tenue de, sont tenues de, est demandé, est demandé aux, est demandé à, il est demandé, a sommé, a mis en demeure, a prescrit, prescrit, a suggéré, suggère, a requis, requiert,
demandant, exigeant, invitant, enjoignant, appelant, a émis des directives, a donné les directives suivantes, a émis les directives suivantes, est invité, sont invités, est invitée, sont invitées, est prié, sont priés, est priée, sont priées, a été invité, ont été invités, a été prié, ont été priés
"""

ASSIGN = """
a chargé, charge, chargent, ont chargé, est chargé de, sont chargés de, est chargée de, sont chargées de, a confié, confie, ont confié, a assigné, assigne, a mandaté, mandate, a désigné, est désigné, est confié à, est confiée à,
a été chargé de, a été chargée de, ont été chargés de, ont été chargées de, est responsable de, est responsable du, sont responsables de, a affecté, a délégué, donne mandat, donne pouvoir, donne mission, est chargé du, est chargée du, sont chargés du, sont chargées du, est chargé des, est chargée des, sont chargés des, est chargé de la, est chargée de la, est chargée de l, est chargé de l, a été chargé de, a été chargée de, ont été chargés de, ont été chargées de, a été chargé d, a été chargée d
"""

STRESS = """
a souligné, souligne, ont souligné, a insisté, insiste, ont insisté, a mis l'accent, met l'accent, a noté, note, a affirmé, affirme, a rappelé, rappelle, a estimé, estime, a précisé, précise, a indiqué, a ajouté, a relevé, a fait valoir,
soulignant, insistant, il a été convenu, il est convenu, a orienté, a suggéré, a signalé
"""
SAY = "a déclaré, déclare, a dit, dit, a expliqué, a conclu, conclut, a fait savoir, a confirmé, a exprimé, a évoqué"

PROPOSE = """
a demandé, ont demandé, demande, demandent, a proposé, propose, proposent, ont proposé, a recommandé, a sollicité, sollicite, sollicitent, ont sollicité, a pétitionné, a soumis, a demandé l'autorisation, a demandé l'approbation, a présenté des propositions, a formulé des propositions, ont recommandé,
a formulé des recommandations, a émis le vœu, émet le vœu, a suggéré au, a demandé au comité permanent, ont formulé, a saisi, demande l'accord, a émis des recommandations, souhaite obtenir
"""
ASK_APPROVAL = "approuver, autoriser, permettre, examiner, envisager, accepter, soutenir, allouer, financer, prêter attention, donner son accord, d'approuver, d'autoriser, d'accorder, d'allouer, l'approbation, l'autorisation, prendre en charge, faciliter, accord de principe"

MUST = """
doit, doivent, devra, devront, devrait, devraient, il faut, il faudra, faut, il convient, il est nécessaire, il est essentiel, il est important, il est impératif, il est indispensable, il est recommandé, il est demandé, il importe, il appartient, est nécessaire, est tenu, sont tenus, est tenue, sont tenues,
ont besoin de, a besoin de, nécessité de, la nécessité de, la nécessité d', l'importance de, est appelé à, sont appelés à, est à, sont à, ont à, a pour mission, ont pour mission, ont l'obligation, est requis, doit être, doivent être, ont pour tâche, reste à, restent à, nécessite, exige que, nécessitent, sera tenu, seront tenus
"""
NARRATIVE = "lors de la conférence, lors de la réunion, à cette occasion, auparavant, le même jour, au cours de la réunion, au cours de la séance"
SCHEDULED = "aura lieu, auront lieu, se tiendra, se tiendront, se réunira, se réuniront, sera organisée, sera inauguré, débutera, entrera en vigueur, se déroulera"
WILL = """
sera, seront, va, vont, continuera, continueront, se concentrera, se concentreront, renforcera, renforceront, poursuivra, poursuivront, mettra, mettront, organisera, organiseront, procédera, procéderont, veillera, veilleront, assurera, assureront, transmettra, transmettront, présentera, présenteront,
fera, feront, prendra, prendront, établira, établiront, prévoit de, prévoient de, envisage de, s'engage à, s'engagent à, devrait permettre, développera, développeront, coordonnera, coordonneront, lancera, lanceront, préparera, prépareront, rendra, rendront, remettra, remettront, adressera, adresseront, aura pour mission, participera, participeront, contribuera, contribueront, promouvra, promouvront, accélérera, accéléreront, élaborera, élaboreront, améliorera, soumettra, soumettront, achèvera, achèveront, examinera, examineront, déploiera, déploieront, accompagnera, accompagneront, étudiera, étudieront, contactera, contacteront, appliquera, appliqueront
"""

DONE = """
a été, ont été, avait, avaient, a, ont, était, étaient, fut, furent, ayant, a atteint, ont atteint, a réalisé, a permis, s'est, se sont, accomplissant, est parvenu, a obtenu, a connu, a contribué, a enregistré, ont participé, a eu lieu, s'est tenue, s'est tenu, a tenu, ont réalisé,
achevé, achevée, achevés, réalisé, réalisée, réalisés, accompli, obtenu, obtenus, enregistré, organisé, organisés, organisée, mis en œuvre avec, a dépassé, est passé, sont passés, progresse, a progressé, atteint, avec succès
"""
PRAISE = "a félicité, félicite, a salué, salue, a apprécié, apprécie, a hautement apprécié, a reconnu, a rendu hommage, a remercié, remercie, se félicite, a exprimé sa satisfaction, a loué, a valorisé, ont salué"
LIMIT = """
limites, limite, insuffisances, insuffisance, lacunes, difficultés persistent, restent limitées, reste limité, reste limitée, restent limités, faiblesses, manquements, n'a pas encore, n'ont pas encore, des retards, retard, demeure faible, reste faible, reste insuffisant, reste insuffisante,
obstacles demeurent, pas encore, cependant, toutefois il reste, points faibles, carences, inconvénients
"""
RESULT = """
résultats obtenus, résultats, réalisations, bilan, au cours de l'année écoulée, l'année écoulée, ces dernières années, au cours des dernières années, durant la période écoulée, au cours du mandat écoulé, par rapport à la même période, par rapport à l'année précédente, jusqu'à présent, à ce jour,
à l'heure actuelle, compte tenu des résultats, de nombreux résultats, depuis le début de l'année, au premier trimestre, au premier semestre, au cours des neuf premiers mois, le rapport présenté, rapport d'activité
"""
FORWARD = """
dans les temps à venir, à l'avenir, dans les prochains mois, dans la période à venir, au cours de la période à venir, prochainement, dans les mois à venir, dans les années à venir, l'année prochaine, orientations, orientations et tâches, plan d'action, perspectives, d'ici la fin, à partir de maintenant,
tâches pour, missions pour, programme de travail, les prochaines étapes, prochaines étapes, le prochain mandat, du prochain mandat, la prochaine période, pour la période à venir, pour l'année à venir, dans le futur, suites à donner, selon le plan, d'après le plan, aux termes du plan
"""
KEYTASK = """
tâches clés, tâche clé, tâches principales, tâches prioritaires, principales tâches, tâches centrales, groupes de tâches, solutions clés, tâches et solutions, les tâches suivantes, les points suivants, les actions suivantes, les mesures suivantes, actions prioritaires, contenus clés, axes prioritaires, priorités, principaux axes,
tâches essentielles, missions prioritaires, contenus suivants, le contenu suivant, tâches spécifiques, plan d'actions, actions à mener, actions à engager, suites à donner, tâches et les solutions
"""
TASK_NOUN = "tâche*, solution*, mesures, mesure, action*, mission*, priorité*, recommandation*, axes, consigne*, contenus, instruction*"
LISTING = "il s'agit de, il s'agit d, il s'agira de, il s'agira d, comme suit, suivants, suivantes, à savoir, notamment, en particulier, plus précisément, ainsi, en conséquence, par conséquent, spécifiquement, concrètement"
CONCLUDE = """
en conclusion, concluant, pour conclure, en clôture, clôturant, s'exprimant lors, s'exprimant à, prenant la parole, dans son discours, dans son allocution, lors de son intervention, intervenant lors, dirigeant la conférence, dirigeant la réunion, à l'issue de la réunion, au terme de la réunion, au terme de, en guise de conclusion,
a conclu la réunion, a conclu, discours de clôture, lors de la clôture, présidant la réunion, au nom du, discours de conclusion, prononçant un discours
"""

UNIT = """jury, jurys, maison de jeunes, maisons de jeunes, radios, radio, radios locales, médiathèque, centre social, centres sociaux, syndicats de base, syndicat, inspection régionale, union des coopératives, union des femmes, union de la jeunesse, receveur municipal, commission des marchés,
département, départements, comité, comités, sous comité, conseil, conseils, bureau, bureaux, commission, commissions, agence, agences, unité, unités, localité, localités, autorité, autorités, ministère, ministères, secteur, secteurs, service, services, direction, directions, division, secrétariat,
branche, branches, commune, communes, quartier, quartiers, arrondissement, district, districts, municipalité, ville, villes, province, provinces, région, régions, mairie, préfecture, préfectures, sous préfecture, sous préfectures, école, écoles, hôpital, hôpitaux, centre, centres, institut, instituts, université, universités, syndicat, syndicats, association, associations,
front, fédération, police, commandement, équipe, équipes, groupe de travail, groupes de travail, groupe, cellule, cellules, société, sociétés, entreprise, entreprises, village, villages, organisations, organismes, organisme, organes, organe, collectivité, collectivités, collectivités territoriales, établissements, office, trésor, tribunal, parquet, académie,
gouvernement, niveaux, échelons, filière, industrie, intercommunalité, communauté de communes, maître d'ouvrage, prestataire, prestataires, promoteurs, union, cellules du parti, comités du parti, organisations du parti, chambre, régie, agence de l'eau, bibliothèque, musée, journal, inspection, inspections, rectorat, délégation, gouvernorat, cabinet, régies, presse
"""
GROUP = """
citoyens, citoyennes, parents, usagers, agriculteurs, commerçants, personnel, personnels, fonctionnaires, cadres, agents, membres, employés, dirigeants, délégués, enseignants, chefs, chefs d'établissement, responsables, élus, conseillers, habitants, partenaires, parties prenantes, inspecteurs, ingénieurs, bénévoles, tous les niveaux, travailleurs, entrepreneurs, maires, directeurs, préfets, sous préfets, gouverneurs, walis, opérateurs, bailleurs, associations, délégataire, exploitant, concessionnaire, entreprises titulaires
"""
POST = """présidents, présidentes, maires, directeurs, directrices, chefs de service, préfets, gouverneurs, responsables, trésoriers, conseillers, échevin, échevine, échevins, bourgmestre, conseiller municipal délégué, syndic, bourgmestre, bourgmestres, receveur municipal, receveur, receveurs, percepteur, percepteurs, greffier, greffiers, gestionnaire, gestionnaires, régisseur, inspecteur, inspecteurs, ingénieur, ingénieurs, contrôleur, contrôleurs, surveillant, surveillants, économe, intendant, archiviste, archivistes, agent comptable, secrétaire de mairie, chefs de quartier, chefs de village, délégués de quartier, directeurs d'école, directeur des services, proviseur, proviseurs, sous-préfets, maires,
maire, adjoint, directeur, directrice, secrétaire, secrétaire général, secrétaire générale, président, présidente, préfet, sous préfet, wali, gouverneur, chef, responsable, trésorier, trésorière, greffier, inspecteur, ingénieur, coordinateur, coordonnateur, ministre, rapporteur, commissaire, administrateur, conseiller, proviseur, recteur, adjointe, comptable, chargé de mission, le bureau d'études
"""
ROLE = "camarade, secrétaire, président, présidente, chef, directeur, m., mme, monsieur, madame, maire, ministre, adjoint, vice, préfet, gouverneur"
EVENT = "conférence, réunion, séance, session, congrès, cérémonie, séminaire, atelier, assemblée, séance de travail, visioconférence, colloque, rencontre"
HOST = "a tenu, a organisé, ont organisé, a présidé, s'est réuni, s'est réunie, a convoqué, a publié, a lancé, a annoncé, a ouvert, a travaillé avec, a eu une séance de travail, tient, organise, s'est tenue, a émis, a adopté, a promulgué, a approuvé, ont tenu, se sont réunis, préside"
ATTEND = "étaient présents, étaient présentes, ont assisté, a assisté, ont participé, a participé, présents, excusés, absents, étaient également présents, ont pris part, y ont assisté, ont également assisté, assistaient, participaient, était présent, était également présent, participants"

AWARD = """mention*, mention* spéciale*, mention* honorable*, palme, témoignage* de satisfaction, souvenir*, cadeau*, lettre* de félicitations, diplôme d'honneur, diplôme de mérite, médaille d'honneur, coupe, bouclier, attestation*,
certificat*, certificats de mérite, médaille*, drapeau*, titre, titres, distinction*, prix, récompense*, ordre du travail, diplôme*, insigne*, trophée*, félicitations, mérite, bannière*, lettre* de félicitations, légion d'honneur, palmes
"""
CONFER = "attribuée, attribuées, attribués, décernée, accordée, accordées, remercié, remerciés, gratifiés, se sont vu remettre, a par ailleurs remis, ont remis, a attribué, ont été décorés, a félicité, a primé, primés, décerné, remis, récompensés, récompensé, récompensées, attribué, honoré, honorés, félicité, a décerné, a remis, ont reçu, reçu, ont été récompensés, ont été honorés, distingués, distinguées, octroyé, a récompensé, décernés, décernées, remise, salué, loué"
PROPOSE_AWARD = "nomination, nominations, pour soumission, à distinguer, soumission, à récompenser, proposer, proposé, proposée, proposés, propose, proposition, soumettre, soumis, présenter, nominé, nominés, candidature, être examiné, proposer au, transmettre"
COLLECTIVE = "ateliers, cliniques, dispensaires, collèges, lycées, universités, fédérations, unions, coopérative, mutuelles, dispensaire, centre, collège, lycée, service, section, brigade, bibliothèques, bibliothèque, entreprise, commune, établissement, chorales, chorale, jurys, coopératives, coopérative, comités, quartiers, centres, hôpitaux, brigades, sections, mairies, directions, association, collectif, collectifs, groupe, groupes, unité, unités, équipe, équipes, organisation, organisations, ménages, familles, foyers, communes, établissements, entreprises, associations, services, collectivités, organismes, rassemblements, clubs, villages, écoles"
INDIVIDUAL = "bénévole, bénévoles, retraités, techniciens, technicien, ingénieurs, ingénieur, inspecteurs, inspecteur, administrateurs, formateurs, formateur, pompiers, pompier, facteurs, facteur, cantonniers, cantonnier, secouristes, bibliothécaire, infirmière, infirmier, maçon, maçons, maçonne, menuisier, menuisiers, boulanger, boulangère, institutrice, institutrices, sage-femme, sages-femmes, médecin, instituteur, professeur, professeure, artisan, artisane, agricultrice, agricultrices, ouvrier, ouvrière, étudiant, étudiante, employé, employée, habitante, habitant, pêcheur, pêcheurs, éleveur, éleveurs, bibliothécaires, bibliothécaire, chauffeurs, chauffeur, gardiens, gardien, donateurs, auteurs, artistes, joueurs, entraîneurs, chefs de quartier, chef de quartier, chefs de service, chef de service, infirmiers, infirmières, médecins, instituteurs, professeurs, artisans, sportifs, journalistes, conseillers, lauréats, lauréates, bénévole, agriculteurs, commerçants, balayeuses, balayeurs, volontaires, résidents, habitants, sapeurs, policiers, gendarmes, ouvriers, ouvrières, fonctionnaire, individu, individus, personne, personnes, particuliers, agents, agent, cadres, fonctionnaires, membres, employés, enseignants, élèves, citoyens, salariés, travailleurs, étudiants, bénévoles, femmes, soldats"
MANY = "de nombreux, nombreux, de nombreuses, nombreuses, plusieurs, quelques, certains, un certain nombre"

APPROVE = "a marqué son accord, marque son accord, ont marqué leur accord, a souscrit, a consenti, a approuvé, approuve, approuvent, ont approuvé, a adopté, adopte, adopté, adoptée, adoptés, approuvé, approuvée, ont adopté, a validé, valide, validé, a accepté, a donné son accord, a donné son approbation, a entériné, a voté, vote, a ratifié, a accordé, à l'unanimité, a accepté le principe, a convenu avec, est approuvé, sont approuvés, est adopté, est adoptée, donne son accord, émet un avis favorable, a émis un avis favorable"
PARTLY = "a approuvé partiellement, approuvé partiellement, approuvé avec réserves, sous réserve, accord partiel, approuvé avec modifications"
LAUNCH = "a lancé, lance, ont lancé, lancé le mouvement, a inauguré, ont inauguré, a donné le coup d'envoi"
DEFER = "a reporté, reporte, reporté, reportée, ajourné, ajournée, a ajourné, est reporté, est reportée, différé, renvoyé à une séance ultérieure, sera réexaminé, mis en attente, sursis, surseoir, sera examinée lors de la prochaine, sera examiné lors de la prochaine, sera étudiée lors de la prochaine, sera examinée à la prochaine, sera examiné à la prochaine"
CLOSE = "clos, close, clôturé, clôturée, classé sans suite, est clos, point clos"
REFUSE = "a refusé, refuse, rejeté, rejetée, a rejeté, rejette, refusé, défavorable, a émis un avis défavorable, n'a pas approuvé, décliné, avis défavorable, n'a pas été approuvée, n'a pas été approuvé, n'a pas été acceptée, n'a pas été accepté, n'a pas été retenue, n'a pas été retenu, n'est pas retenue, n'est pas acceptée, n'ont pas été approuvées"
RETURN = "a renvoyé, renvoyé, renvoyée, retourné, a retourné, renvoie"
DECIDE = "a décidé, décide, décident, ont décidé, a résolu, délibère, a délibéré, a arrêté, est décidé, il est décidé, il a été décidé, décision, a convenu, convient, ont convenu, il a été convenu, est convenu"
GRANT = (
    "a autorisé, autorise, est autorisé, sont autorisés, est autorisée, a permis à, a été autorisé, ont été autorisés"
)

NONE = """
à la demande, sur demande, en demande, la demande, les demandes, demande de, demandes de, demande d', aux demandes, aux exigences, conformément à, mise en œuvre, mise en place, conformément aux, être chargé, en charge, prise en charge, la prise en charge, cahier des charges, à charge, charges,
le service public, services publics, service public, au service de, point de vue, points de vue, avoir lieu, c'est à dire, c'est, n'est, qui est, qui a, qui ont, y a, il y a, président de séance, le plan, au plan, en plein, chef de file, ville de, centre ville, membre du, membre de, front de, état des lieux, compte rendu, comptes rendus, pouvoirs publics,
en vue de, afin de, pour que, avant de, après avoir, sans avoir, loin d'être, peut être, à savoir, c'est à savoir, savoir faire, devoir, pouvoir, pouvoirs, le pouvoir, bien être, dernier, premier, février, janvier, dossier, atelier, calendrier, courrier, chantier, chantiers, quartier, métier, particulier, régulier, financier, foncier, hospitalier, papier, bon fonctionnement, point d'être, unité de mesure, à titre, au titre, mesures suivantes, en service, unis, groupe de personnes, groupe d'habitants
"""
PAST_LEAD = "avait, avaient, ayant"
RESOLVED = "décide, décision, délibère, résolution, action, recommandation"
PRONOUN = (
    "cela, ceci, il, elle, ils, elles, la conférence, la réunion, ce qui, cette demande, la demande, cette proposition"
)
PURPOSE = "afin de, pour que, afin que, en vue de, de manière à, contribuant à, permettant, ce qui"
NEGATIVE = "ne, pas, aucun"
JOIN = "et, ainsi que, puis, également"
HEARING = "a écouté, ont écouté, a entendu, ont discuté, a examiné, a pris connaissance"
SKIP = """
le, la, les, l, un, une, des, du, de, d, au, aux, à, tous, toutes, chaque, ses, leur, leurs, son, sa, et, ainsi, en outre, de plus, en même temps, dans le même temps, parallèlement, par ailleurs, également, puis, enfin, ensuite, premièrement, deuxièmement, troisièmement, quatrièmement, cinquièmement, tout d'abord, d'abord,
c'est pourquoi, par conséquent, donc, notamment, que, qu, pour, en ce qui concerne, concernant, dans les temps à venir, à l'avenir, ne pas, activement, rapidement, régulièrement, strictement, fortement, efficacement, mieux, bien, immédiatement, progressivement, proactivement, s', se, y, autres, l'ensemble du, l'ensemble des, l'ensemble de, l'ensemble, ensemble du, ensemble
"""
HABITUAL = "coordonne, coordonnent, veille, veillent, assure, assurent, élabore, élaborent, poursuit, poursuivent, conseille, conseillent, renforce, renforcent, organise, organisent, dirige, dirigent, examine, examinent, met en œuvre, mettent en œuvre, prépare, préparent, établit, établissent, procède, procèdent, publie, publient, transmet, transmettent, rend compte, rendent compte, soumet, soumettent, applique, appliquent, contrôle, contrôlent, guide, guident, suit, suivent, continue, continuent, se concentre, se concentrent, donne, enregistre, réalise, informe, inspecte, mobilise, recense, révise, complète, remet, adresse, envoie, communique, rédige, vérifie, évalue, synthétise, rassemble, fournit, donne des conseils, donne son avis, rend compte, conseille, préside"
PETITIONER = "apprenants, élèves, étudiants, représentant des, représentants des, électeurs, pétitionnaires, habitants, riverains, producteurs, citoyens, administrés, commerçants, parents d'élèves, usagers, agriculteurs"
