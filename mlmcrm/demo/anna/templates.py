"""What Anna keeps from one evening for the next: two templates, and how she thanks her hosts."""

import datetime as dt

from events.models import RewardTier, Setting
from mlmcrm.demo.hosting import AFTER, COACHING, PACKING, SETTING, Template, Tier, ToDo

PERCENT, FIXED, ITEM = RewardTier.Kind

KITCHEN = Template(
    "Küchenabend",
    {
        "title": "Küchenabend",
        "maximum": 10,
        "start_time": dt.time(19, 30),
        "minutes": 150,
        "theme": "Brot, Suppe und gute Messer",
        "decoration": "Leinenläufer, Kräutertöpfe, warmes Licht. Keine Duftkerzen, sonst schmeckt man nichts.",
        "catering": "Zwei Brote, drei Aufstriche, Suppe im großen Topf. Wasser, Apfelschorle, ein Weißwein.",
        "seating": "Alle um einen Tisch, ich am Kopf neben dem Herd. Jacken ins Schlafzimmer.",
        "demo_material": "Messerset, Schneidbrett, Suppentopf, sechs Gewürzdosen zum Riechen, Seife fürs Gästebad",
        "agenda": (
            "19:30 Ankommen, Apfelschorle\n20:00 Brot schneiden, jeder darf mal\n"
            "20:45 Gewürze riechen und raten\n21:15 Wünsche aufschreiben, nächste Termine"
        ),
        "products": "Messer, Suppentopf, Gewürzset, Zitronenseife",
        "invitation_text": (
            "Wir kochen zusammen eine Suppe, backen Brot und probieren Gewürze. "
            "Du musst nichts mitbringen außer Hunger."
        ),
        "thanks_text": "Danke für den schönen Abend an deinem Tisch. Du warst eine wunderbare Gastgeberin!",
    },
    [
        ToDo(COACHING, -21, "Gästeliste mit der Gastgeberin durchgehen: lieber 15 Namen als 8"),
        ToDo(COACHING, -14, "Einladungen verschicken", for_host=True),
        ToDo(COACHING, -7, "Wie viele Zusagen? Wer noch nicht geantwortet hat, kurz anrufen"),
        ToDo(SETTING, -3, "Allergien und Wünsche der Gäste erfragen"),
        ToDo(COACHING, -1, "Zwei Backbleche und die große Schüssel bereitstellen", for_host=True),
        ToDo(SETTING, -1, "Brotteig ansetzen, er braucht die Nacht"),
        ToDo(PACKING, 0, "Messer, Brett, Gewürzdosen, Seife"),
        ToDo(PACKING, 0, "Bestellzettel, Stifte, Karten mit dem QR für die Sterne"),
        ToDo(SETTING, 0, "Tisch decken, Licht wärmer stellen", for_host=True),
        ToDo(AFTER, 1, "Danke sagen und das Dankeschön ankündigen"),
        ToDo(AFTER, 3, "Bei allen nachfragen, die nicht kommen konnten"),
    ],
)
CLUB_EVENING = Template(
    "Clubabend",
    {
        "kind": Setting.Kind.CLUB,
        "title": "Clubabend",
        "maximum": 12,
        "start_time": dt.time(19),
        "minutes": 120,
        "theme": "Neues probieren, Altes nachschleifen",
        "decoration": "Einfach gemütlich",
        "catering": "Kuchen, Kaffee, etwas Herzhaftes",
        "agenda": "Messer mitbringen: Ich schleife sie.\nDanach das Neue aus dem Katalog.",
        "invitation_text": "Nur für die Runde: Bring deine Messer mit, ich schleife sie. Kuchen gibt es auch.",
    },
    [
        ToDo(SETTING, -14, "Alle Mitglieder einladen"),
        ToDo(SETTING, -2, "Zwei Kuchen backen, einer ohne Laktose"),
        ToDo(PACKING, 0, "Schleifstein wässern"),
        ToDo(AFTER, 1, "Wer war da? Vorteile eintragen"),
    ],
)

TEMPLATES = [KITCHEN, CLUB_EVENING]
TIERS = [
    Tier(150, 2, PERCENT, 5),
    Tier(250, 3, PERCENT, 10),
    Tier(400, 5, PERCENT, 15),
    Tier(600, 6, ITEM, item="Das kleine Messerset"),
]
