"""What Anna keeps in mind about her people."""

from customers.models import Customer, LifeEvent, OwnField, Relation
from mlmcrm.demo.known import Asked, Known

KIND, EVENT, SOURCE = Relation.Kind, LifeEvent.Kind, Customer.Source
HOST, NETWORK, KITCHEN = "Gastgeberin", "Stammtisch", "Küchenabend"
SCENT, PEOPLE, NEWSPAPER = "Lieblingsduft", "Personen im Haushalt", "Herbstheft bekommen"

FIELDS = [
    Asked(SCENT, OwnField.Kind.TEXT, "Damit ich die richtige Probe mitbringe"),
    Asked(PEOPLE, OwnField.Kind.NUMBER, "Für die passende Topfgröße"),
    Asked(NEWSPAPER, OwnField.Kind.YES_NO, "Damit niemand zwei bekommt"),
    Asked("Serie", OwnField.Kind.CHOICE, "Damit Neues dazu passt", ("grün", "rot", "Edelstahl")),
]

KNOWN = {
    "Petra Hahner": Known(
        tags=(HOST, NETWORK),
        likes=("herzhafte Gewürze", "Küchenabende"),
        owns=("Gewürzset", "Thermoschüssel"),
        avoids=("Koriander",),
        knows=((KIND.NEIGHBOUR, "Thomas Kreß"), (KIND.FRIEND, "Jutta Hohmann")),
        own={PEOPLE: "3", NEWSPAPER: "1", "Serie": "rot"},
        says={
            "satisfaction": 5,
            "source_kind": SOURCE.NAME_LIST,
            "preferred_channel": Customer.Channel.WHATSAPP,
            "best_time": "abends ab 19 Uhr",
        },
    ),
    "Meike Wehner": Known(
        tags=(NETWORK,),
        likes=("Messer",),
        knows=((KIND.NEIGHBOUR, "Nicole Bleuel"), (KIND.RELATIVE, "Gisela Wehner")),
        own={NEWSPAPER: "1"},
        says={"satisfaction": 5, "source_kind": SOURCE.NAME_LIST},
    ),
    "Jutta Hohmann": Known(
        tags=(HOST,),
        likes=("Zitrone",),
        avoids=("starke Düfte",),
        owns=("Handseife",),
        knows=((KIND.SIBLING, "Karin Jestädt"),),
        own={SCENT: "Zitrone", PEOPLE: "4"},
        says={"satisfaction": 4, "source_kind": SOURCE.RECOMMENDATION},
    ),
    "Elfriede Gutberlet": Known(
        likes=("leichte Töpfe",),
        knows=((KIND.NEIGHBOUR, "Petra Hahner"),),
        own={PEOPLE: "1"},
        says={"preferred_channel": Customer.Channel.VISIT, "best_time": "vormittags"},
    ),
    "Sandra Krah": Known(
        says={
            "preferred_channel": Customer.Channel.WHATSAPP,
            "best_time": "arbeitet in Schichten",
            "job_title": "Krankenschwester",
            "company": "Klinikum",
        },
    ),
    "Claudia Reith": Known(tags=("Familie",), owns=("Mixer",)),
    "Sabine Krug": Known(
        tags=("Turnverein",), owns=("grüne Serie",), own={"Serie": "grün"}, says={"satisfaction": 4}
    ),
    "Tanja Möller": Known(
        tags=(KITCHEN,),
        owns=("kleine Reibe",),
        events=((EVENT.BIRTH, -140, "Zweites Kind, ein Junge"),),
        says={"best_time": "vormittags", "source_kind": SOURCE.EVENT},
    ),
    "Nicole Bleuel": Known(
        tags=(KITCHEN,), likes=("Messer",), says={"source_kind": SOURCE.RECOMMENDATION}
    ),
    "Ilse Bott": Known(tags=(KITCHEN,), knows=((KIND.PARENT, "Lena Bott"),)),
    "Birgit Diegelmann": Known(
        tags=(KITCHEN,),
        knows=((KIND.HOUSEHOLD, "Stefan Diegelmann"),),
        says={"source_kind": SOURCE.EVENT},
    ),
    "Kerstin Auth": Known(tags=(KITCHEN,), events=((EVENT.MOVE, -95, "Neue Wohnung in Gersfeld"),)),
    "Svetlana Bauer": Known(
        tags=(NETWORK,),
        owns=("Handseife",),
        says={
            "company": "Salon Haarscharf",
            "job_title": "Friseurin",
            "satisfaction": 5,
            "best_time": "montags zu",
        },
    ),
    "Rainer Ruppert": Known(
        tags=(NETWORK,),
        says={"company": "Bäckerei Ruppert", "job_title": "Bäcker", "best_time": "vormittags"},
    ),
}
