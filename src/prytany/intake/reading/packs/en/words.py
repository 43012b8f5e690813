"""English words by what they are a sign of."""

ACT = """
reopen, repaint, relocate, resurface, patch, seal, dredge, mow, pave, fence, erect, demolish, replant, refurbish, retain, waive, lease, acquire, purchase, buy, sell, hire, employ, remit, debate, endorse, inaugurate, equalise, renovate, rebuild, reinstate, reissue, rotate, chase, trim, prune, inventory, digitise, digitize, tidy, paint, unblock, widen, drain,
accelerate, accomplish, achieve, acknowledge, act, adapt, add, address, adjust, adopt, advance, advertise, advise,
agree, align, allocate, amend, analyse, analyze, announce, apply, appoint, appraise, approve, arrange, assemble,
assess, assign, assist, attach, attend, attract, audit, authorise, authorize, avoid, balance, base, begin, bring,
build, calculate, call, carry, carry out, celebrate, chair, change, check, circulate, clarify, classify, clean, clear,
close, collaborate, collate, collect, combine, commence, communicate, compile, complete, comply, concentrate, conclude,
conduct, confirm, connect, consider, consolidate, construct, consult, contact, continue, contribute, control, convene,
coordinate, co ordinate, correct, cover, create, cut, deal, declare, defend, define, deliver, deploy, design,
designate, detect, determine, develop, devise, direct, disburse, discuss, display, disseminate, distribute, diversify,
do, draft, draw, draw up, drive, educate, effectively implement, elect, eliminate, email, embed, enable, encourage,
engage, enforce, enhance, ensure, enter, equip, establish, evaluate, examine, exceed, exchange, execute, expand,
expedite, explain, explore, extend, facilitate, file, fill, finalise, finalize, find, finish, fix, focus, follow,
follow up, forge, form, formulate, forward, foster, fulfil, fulfill, further, gather, generate, get, give, grant,
grasp, guarantee, guide, handle, hasten, help, hold, host, identify, implement, improve, include, incorporate,
increase, inform, initiate, innovate, inspect, install, instruct, integrate, intensify, introduce, invest, investigate,
invite, involve, issue, join, keep, launch, lead, leverage, liaise, limit, link, list, listen, look, maintain, make,
manage, map, mark, master, maximise, maximize, measure, meet, minimise, mobilise, mobilize, modernise, modernize,
monitor, move, name, negotiate, notify, nominate, obtain, open, operate, optimise, optimize, order, organise,
organize, outline, overcome, oversee, participate, pay, perfect, perform, persist, place, plan, plant, post, practise,
prepare, present, preserve, preside, preside over, take the lead, press, prevent, print, prioritise, prioritize, process, procure, produce, prohibit,
promote, promptly, proactively, properly, propose, protect, provide, publicise, publicize, publish, pursue, push, put,
raise, reach, realise, realize, rearrange, receive, recommend, reconsider, record, rectify, recruit, reduce, refer,
reflect, reform, refrain, register, regularly, reinforce, remain, remind, remove, renew, reorganise, reorganize,
repair, repeat, replace, replicate, reply, report, request, require, research, resolve, respond, restore, restructure,
resubmit, return, revise, review, reward, run, safeguard, save, schedule, screen, secure, seek, select, send, serve,
set, set up, settle, share, show, sign, simplify, solve, specify, speed, speed up, spread, stabilise, standardise,
standardize, start, step up, stop, streamline, strengthen, stress, strictly, strive, study, submit, summarise,
summarize, supervise, supplement, supply, support, survey, sustain, sweep, synthesise, synthesize, tackle, take,
target, test, thoroughly, tighten, track, train, transfer, translate, transmit, treat, undertake, unify, unite,
update, upgrade, upload, urge, urgently, use, utilise, utilize, verify, view, visit, warn, watch, work, work with,
write, actively, closely, resolutely, strongly, synchronously, seriously, timely, effectively, well implement, do well, do a good job
"""

DIRECT = """
exhorted, exhorted upon, exhorts, impressed upon, enjoined upon, stressed upon, sought, were called upon to, was called upon to, emphasised upon, emphasized upon, asked, has asked, asks, requested, requests, requires, required, demanded, demands, instructed, instructs, directed,
directs, ordered, orders, urged, urges, called on, calls on, called upon, called for, calls for, tasked, advised, invited,
enjoined, mandated, is requested to, are requested to, is asked to, are asked to, was asked to, were asked to,
was requested to, were requested to, is required to, are required to, was directed to, were directed to,
is directed to, are directed to, was instructed to, were instructed to, is instructed to, are instructed to,
is invited to, are invited to, reminded, gave instructions, issued instructions, gave directions, issued directions,
was told to, were told to, is urged to, are urged to, has requested, has directed, has instructed, has required, have been asked to, has been asked to, have been requested to, has been requested to, have been directed to, has been directed to, have been instructed to, has been instructed to, have been told to, has been told to
"""

ASSIGN = """
assigned, assigns, has assigned, entrusted, entrusts, charged, delegated, is assigned to,
are assigned to, was assigned to, were assigned to, is tasked with, was tasked with, were tasked with,
is entrusted with, was entrusted with, is responsible for, are responsible for, shall be responsible for,
will be responsible for, authorised, authorized, action by, designated, appointed as lead
"""

STRESS = """
emphasis was laid, special emphasis was laid, laid emphasis, laid stress, stress was laid, stressed, stresses, emphasised, emphasized, emphasises, emphasizes, underlined, underlines, underscored, noted,
highlighted, pointed out, insisted, affirmed, recalled, made clear, drew attention, suggested, suggests, oriented,
stressing, emphasizing, emphasising, it was agreed that, agreed that, it was noted that,
it is recommended that, it is suggested that, it is proposed that
"""

SAY = "said, says, stated, states, added, told, concluded, concludes, declared, explained, confirmed, remarked"

PROPOSE = """
requested, requests, asked, asks, proposed, proposes, recommended, recommends, petitioned, petitions, requested approval, asked for approval,
sought approval, seeks approval, made the following proposals, made a number of recommendations, submitted a request,
requested permission, applied for, moved that, put forward, made recommendations, appealed, suggested, suggests
"""

ASK_APPROVAL = """
approve, allow, permit, consider, agree, endorse, grant, support, allocate, fund, supplement funding, authorise,
authorize, accept, pay attention, allocate funding, approval, permission, consent, assist, help, provide funding,
approve in principle, create conditions
"""

MUST = """
must, must be, should, shall, shall be, should be, need to, needs to, needs, has to, have to, ought to, is to, are to,
it is necessary to, it is necessary, it is essential to, it is essential that, it is important to, it is imperative,
there is a need to, there is a need for, the need to, the need for, is necessary to, is required, are required, are obliged to, is obliged to,
necessary to, is needed, are needed, no later than is, importance of, the importance of, requires that, required to
"""

NARRATIVE = "at the conference, at the meeting, at the ceremony, on this occasion, on the occasion, earlier, on the same day, previously, last year"
SCHEDULED = "meet, take place, be held, attend, visit, open, begin, be announced, be presented, receive, last, come into force, take effect, convene, feature"
WILL = "would, will, will be, will continue to, is expected to, are expected to, plans to, aims to, intends to, undertakes to"

DONE = """
has been, have been, had been, was, were, has, have, had, did, became, achieved, completed, attained, obtained, gained,
recorded, reached, increased, decreased, rose, fell, grew, improved, implemented, organised, organized, held,
carried out, contributed, helped, created, ensured, maintained, strengthened, promoted, focused, received, attended,
led, made, brought, built, established, issued, launched, developed, successfully, reviewed, heard, considered,
discussed, exchanged, listened, welcomed, presented, expressed, introduced, reported, thanked, resolved, settled,
exceeded, surpassed, conducted, deployed, mobilised, mobilized, supported, saw, showed
"""

PRAISE = """
praised, commended, appreciated, highly appreciated, acknowledged, congratulated, recognised, recognized, hailed,
welcomed the results, spoke highly, expressed appreciation, applauded, paid tribute, thanked, wished
"""

LIMIT = """
limitations, limitation, shortcomings, shortcoming, difficulties remain, weaknesses, weakness, inadequacies,
still limited, remains limited, remain limited, not yet, has not been, have not been, obstacles remain, drawbacks,
challenges remain, is still slow, are still slow, remain slow, however there are still, still faces, still face,
constraints
"""

RESULT = """
results achieved, achievements, results of the implementation, results of implementing, in the past year,
over the past year, in recent years, in recent times, over the past, during the past, in the first, to date, so far,
positive results, many results, important results, good results, outstanding results, key results,
year on year, compared to the same period, compared with the same period, compared to the previous year,
in the last year, during the year the, reported on the results, summary report, progress report
"""

FORWARD = """
in the coming time, in the coming period, in the time to come, in the near future, in the coming months,
in the coming year, in the coming years, in the coming term, coming time, from now until, from now to, going forward,
next year, next term, in the next period, directions and tasks, tasks for, orientations and tasks, work plan for,
in the future, the following tasks, the next steps, next steps, action plan, plan for the, in the last months,
in the last six months, upcoming, according to the plan, under the plan, the plan assigns
"""

KEYTASK = """
key task*, main task*, priority task*, central task*, groups of tasks, group of tasks, key solution*, tasks and solutions,
main content*, key content*, focal task*, breakthrough task*, action items, actions agreed, priorities, action points,
agreed actions, recommendations, the following, following contents, following tasks, specific tasks
"""

TASK_NOUN = "task*, solution*, measure*, action*, priorit*, duties, assignment*, recommendation*, instruction*"

LISTING = "as follows, the following, specifically, in particular, including, namely, accordingly"

CONCLUDE = """
concluding, in conclusion, closing, in closing, in his concluding, in her concluding, speaking at, addressing,
directing the, directing at, delivering a speech, in his speech, in her speech, in his address, in her remarks,
in his remarks, concluding remarks, speech concluding, summing up, wrapping up, conclusion of the meeting,
at the end of the meeting, the chair concluded, notice of conclusion, on behalf of
"""

UNIT = """wing, wings, cell, cells, section, sections, utility, utilities, depot, inspectorate, archives centre, archive centre, cooperative alliance, cooperative union, women's union, youth union, farmers' union, trade union, trade unions, library, museum,
department, departments, committee, committees, subcommittee, sub committee, council, councils, office, offices,
board, boards, commission, commissions, agency, agencies, unit, units, locality, localities, authority, authorities,
ministry, ministries, sector, sectors, branch, branches, division, divisions, directorate, directorates, bureau,
secretariat, service, services, commune, communes, ward, wards, district, districts, municipality, municipalities,
town, township, city, province, provinces, parish, school, schools, hospital, hospitals, centre, center, centres,
centers, institute, university, union, unions, association, associations, front, federation, police, command, team,
teams, task force, task forces, working group, working groups, working party, panel, group, corporation, company, companies, enterprises, village,
villages, hamlets, organisations, organizations, organisation, organization, bodies, party cells, cell, cells, levels,
contractor, contractors, investors, investor, treasury, tribunal, court, procuracy, station, academy, institution,
institutions, government, people's committees, party committees, industry, newspaper, museum, library, stations, newspapers, media, press, radio
"""

GROUP = """
staff, officials, officers, civil servants, public employees, cadres, members, party members, employees, workers,
leaders, heads, delegates, teachers, inspectors, engineers, councillors, trustees, wardens, all levels, stakeholders,
partners, persons, applicants, residents, citizens, departments concerned, collectors, commissioners, managers,
directors, chairmen, secretaries, principals, specialists, volunteers
"""

POST = """administrator, administrators, groundsman, groundskeeper, caretaker, caretakers, warden, wardens, treasurer, registrar, registrars, bursar, librarian, librarians, inspector, inspectors, engineer, engineers, surveyor, surveyors, superintendent, superintendents, headteachers, head teacher, head teachers, principal, principals, magistrate, magistrates, sheriff, rangers, supervisor, supervisors, foreman, chief officer, chief officers, sub county administrators, site managers, site manager, harbour master, returning officer, monitoring officer,
clerk, chairman, chairperson, chair, chairwoman, secretary, director, manager, mayor, treasurer, engineer, surveyor,
collector, commissioner, head, chief, deputy, administrator, superintendent, warden, officer, leader, president,
vice president, governor, minister, magistrate, coordinator, inspector, principal, registrar, controller,
accountant, planner, solicitor, attorney, city manager, town clerk, councillor, cllr, convener, rapporteur, cabinet member, portfolio holder, lead member, member for
"""

ROLE = "chairman, secretary, president, director, head, leader, vice, deputy, comrade, mr, mrs, ms, minister, governor"

EVENT = """
conference, meeting, session, congress, ceremony, seminar, workshop, working session, teleconference, hearing, assembly
"""

HOST = """
held, organised, organized, convened, hosted, chaired, opened, met, took place, presided over, worked with, issued, announced, promulgated, launched, adopted,
had a working session
"""

ATTEND = """
attended, attending, present, also present, in attendance, participating, apologies, participated, were present,
took part, representatives of, joined, witnessed, also attending
"""

AWARD = """letter* of appreciation, letter* of thanks, special mention*, honourable mention*, shield, shields, national shield, cup, scholarship*, bursar*, honorary title*, citation*, distinction*,
certificate*, merit, certificates of merit, medal*, flag*, emulation flag, emulation title, title, titles, award,
awards, commendation*, honours, honors, prize*, order of, diploma*, badge*, trophy, trophies, plaque*, labour order,
labor medal, commemorative medal, letter* of commendation, insignia, reward
"""

CONFER = """went to, thanked with, were thanked, was thanked, honoured with, confer, to confer, will receive, receive, receives, were given, was given, has presented, have presented, were handed, be awarded, decorated, distinguished,
awarded, presented, conferred, commended, honoured, honored, received, bestowed, granted, praised, rewarded, gave,
handed over, recognised, recognized, presents, awards, to award, decided to award
"""

PROPOSE_AWARD = """nomination, nominations, put forward, puts forward, put up for, forward for,
propose, proposed, proposing, nominate, nominated, nominating, recommend, recommended, submit, submitted, submitting,
be considered, for consideration, forwarded, to be awarded, consider awarding
"""

COLLECTIVE = """facility, facilities, clinic, clinics, workshop, workshops, sections, brigades, directorate, branch, crews, crew, bureaus, colleges, universities, municipalities, federations, unions, library, libraries, cooperative, business, businesses, choir, choirs, band, bands, community group, community groups, association, associations, society, societies, committees, panels, branches, offices, directorates, centres, centers, hospitals, companies, cooperatives, school, village, department, household, family,
collective, collectives, group, groups, unit, units, team, teams, organisation, organisations, organization,
organizations, agencies, departments, schools, communes, households, families, gatherings, institutions, enterprises,
clubs, villages, wards, bodies
"""

INDIVIDUAL = """administrator, administrators, inspector, inspectors, engineer, engineers, head teacher, head teachers, midwife, trainers, trainer, trustees, supervisor, supervisors, technician, technicians, assistant, assistants, elders, retirees, pensioners, mason, carpenter, midwife, midwives, firefighter, firefighters, librarian, librarians, coach, coaches, player, players, author, authors, artist, artists, musicians, sponsors, donors, individual resident, resident, residents, nurse, nurses, worker, teachers, constable, constables, councillor, councillors, farmer, farmers, winner, winners, laureates, pupil, pupils, athletes, artisans, journalists, scientists, doctor, doctors, volunteer, student, fellow, fellows, clerk, clerks, driver, drivers, headteachers, cadre,
individual, individuals, person, persons, people, member, members, employee, employees, officer, officers, official,
officials, teacher, teachers, cadres, citizens, staff, volunteers, students, workers, women, soldiers
"""

MANY = "many, several, numerous, a number of, various, some, outstanding"

APPROVE = """
approved, approves, adopted, adopts, endorsed, endorses, passed, agreed to, ratified, consented, accepted, agreed in principle,
approved in principle, unanimously approved, gave approval, granted approval, resolved to approve, resolved to adopt, agreed to approve, resolved to accept, voted to approve, unanimously agreed, agreed with the proposal, agreed with, carried, was passed, passed unanimously, motion carried
"""
PARTLY = "approved in part, partially approved, approved with amendments, approved with conditions, approved subject to, agreed subject to"
LAUNCH = "launched, launches, kicked off, initiated the movement, inaugurated"
DEFER = (
    "deferred, defer, postponed, adjourned, tabled, held over, carried forward to, left on the table, laid on the table"
)
CLOSE = "closed, no further action, be closed, item closed, matter closed, filed, received and filed"
REFUSE = "refused, rejected, declined, denied, dismissed, not approved, turned down, defeated, motion failed, did not approve, not agreed, not supported, not agreed, not approved, was lost, was defeated, turned down, voted down, voted against, declined"
RETURN = "returned, sent back, referred back, remitted, returned for revision"
DECIDE = "decided, decides, resolved, resolves, resolved that, voted, voted to, determined, agreed, decision, it was resolved, were appointed to, was appointed to"
GRANT = "authorised, authorized, permitted, allowed, granted, gave permission, was granted, were granted"

NONE = """
proposed seconded, proposed and seconded, moved and seconded, moved seconded,
on request, upon request, at the request of, meet the requirements, requirements, the requests, is directed by,
under the direction of, as directed, as required, if required, where required, as requested, required by law,
required documents, be required, direct the, directing board, well organised, well organized, organised by,
organized by, in accordance with, as well as, present the, present at the meeting, in order to, present situation, at present, direct investment,
take place, took place, well known, in need, should the, noted with appreciation, focus groups, members of the public,
to the meeting, agreed minutes, minutes were approved, ordered list, state of, issue of, the issues, use of, the use, the work of,
the plan, the report, a report, the review, the study, a study, the support, the work, a work, a plan, group of experts, advised on, asked about, asked whether, asked how, asked why, asked if, asked for clarification, were told, was told that
"""

HABITUAL = ""
JOIN = "and, as well as, while, then, also"
RESOLVED = "resolved that, it was resolved that, resolves that, resolved, recommended, agreed, action, decision, motion, recommendation, resolution"
PRONOUN = "he, she, they, it, the meeting, the conference, a proposal, the proposal, the request, the motion, a motion, the application, an amendment, the amendment"
PURPOSE = "in order to, so that, so as to, thereby, thus, contributing to, helping to, with the aim of"
NEGATIVE = "not, no, never"
HEARING = "heard, listened to, received a report, considered, discussed, noted the report, were presented"
PETITIONER = "petitioners, voters, residents, electors, applicants, citizens, constituents, villagers, traders, parents, shopkeepers, ratepayers, farmers"
