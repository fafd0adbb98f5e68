"""Words that tell of somebody's health: they need an explicit consent (Art. 9 DSGVO), so we ask."""

import re

from customers.text import fold

STEMS = [
    "Allergi",
    "allergy",
    "allergic",
    "Neurodermitis",
    "Diabet",
    "Krebs",
    "cancer",
    "Tumor",
    "Asthma",
    "Migräne",
    "migraine",
    "Depressi",
    "Burnout",
    "Burn-out",
    "Blutdruck",
    "Schwanger",
    "pregnan",
    "Unverträglich",
    "Intoleran",
    "Laktose",
    "Gluten",
    "Zöliakie",
    "Rheuma",
    "Arthros",
    "Arthritis",
    "Psoriasis",
    "Schuppenflechte",
    "Ekzem",
    "eczema",
    "Akne",
    "Thrombose",
    "Schilddrüse",
    "thyroid",
    "Wechseljahre",
    "Menopaus",
    "menopause",
    "Behinder",
    "disabled",
    "disability",
    "Pflegegrad",
    "Covid",
    "Corona",
    "HIV",
    "Epilep",
    "Demenz",
    "dementia",
    "Alzheimer",
    "Parkinson",
    "Schlaganfall",
    "Herzinfarkt",
    "Chemo",
    "Psychisch",
    "Therapie",
    "therapy",
    "Medikament",
    "medication",
    "Krankheit",
    "Krankschreib",
    "krankgeschrieben",
    "chronisch",
    "süchtig",
    "Alkoholiker",
    "Hautkrankheit",
    "Hautkrank",
    "Bandscheibe",
    "Operation",
    "operiert",
    "surgery",
    "Diagnose",
    "verträgt",
    "illness",
    "disease",
]
WORDS = ["krank", "sick", "ill", "reha", "op"]
HEALTH = re.compile(
    rf"(?<![a-z])(?:{'|'.join(re.escape(fold(stem)) for stem in STEMS)}"
    rf"|(?:{'|'.join(WORDS)})(?![a-z]))"
    r"|schmerz|erkrank|allergi|unvertraglich|intoleran"
)
FINE = re.compile(r"sternzeichen krebs|therapiehund|operationstechnische?r? assistent")


def smells_of_health(text: str) -> bool:
    """Whether a text seems to say something about somebody's body or mind; better asked too often."""
    return bool(HEALTH.search(FINE.sub("", fold(text))))
