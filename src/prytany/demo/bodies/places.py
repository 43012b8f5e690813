"""Names of communes, wards and districts in the six languages."""

import unicodedata

LANGUAGES = ("vi", "en", "fr", "hi", "ar", "ur")
KIND_WORDS = {
    "commune": ("Xã {}", "{} Commune", "Commune {}", "{} कम्यून", "بلدية {}", "کمیون {}"),
    "ward": ("Phường {}", "{} Ward", "Quartier {}", "{} वार्ड", "حي {}", "وارڈ {}"),
    "township": ("Thị trấn {}", "{} Township", "Bourg {}", "{} टाउनशिप", "بلدة {}", "ٹاؤن شپ {}"),
    "district": ("Huyện {}", "{} District", "District {}", "{} ज़िला", "مديرية {}", "ضلع {}"),
    "city": ("Thành phố {}", "{} City", "Ville {}", "{} नगर", "مدينة {}", "شہر {}"),
}


def place_names(kind: str, own_name: str) -> tuple[str, ...]:
    """Return the name of a place in the six languages; its own name stays as it is written in Vietnamese."""
    names = [pattern.format(own_name) for pattern in KIND_WORDS[kind]]
    word, _space, rest = names[2].partition(" ")
    vowel = unicodedata.normalize("NFD", own_name[0]).casefold()[0] in "aeiouy"
    names[2] = f"{word} d’{rest}" if vowel else f"{word} de {rest}"
    return tuple(names)
