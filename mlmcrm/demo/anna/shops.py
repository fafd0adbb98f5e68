"""The hairdresser and the baker, where cards lie on the counter."""

from mlmcrm.demo.story import (
    CUSTOMER,
    MR,
    MS,
    REGULAR,
    SIE,
    Person,
    bring,
    called,
    visit,
    visited,
)

SHOPS = [
    Person(
        "Svetlana",
        "Bauer",
        since=341,
        salutation=MS,
        stage=REGULAR,
        rank="A",
        born="17.4.1980",
        source="Meine Friseurin, Salon Haarscharf in Petersberg",
        note=(
            "Legt unsere Karten an die Kasse und erzählt es jeder beim Waschen. "
            "Montags zu. Trinkt Kaffee schwarz."
        ),
        phones=["069 90009 140"],
        email="salon@haarscharf.example.org",
        home=("Petersberger Str. 61", "36037", "Fulda"),
        story=[
            visited(-70, "16:00", "20 Karten dagelassen. Sie nimmt die Handseife für den Salon."),
            called(
                -33,
                "09:20",
                "Eine Kundin hat gefragt, Frau Dr. Helfrich. Sie gibt die Karte weiter.",
            ),
            visited(
                -28,
                "17:00",
                "Spitzen schneiden. Andrea Schad hat sie auch geschickt, und Kerstin!",
                kept="Blumen mitnehmen, danke für Frau Dr. Helfrich",
            ),
            visit(1, "Haare schneiden, 20 neue Karten mitnehmen", at="17:00"),
        ],
    ),
    Person(
        "Rainer",
        "Ruppert",
        since=154,
        salutation=MR,
        formality=SIE,
        stage=CUSTOMER,
        rank="B",
        source="Bäckerei Ruppert, unsere Karten liegen an der Theke",
        note="Ab 4 Uhr in der Backstube, nie nachmittags stören. Frau Ruppert macht die Theke.",
        phones=["089 99998 120"],
        email="baeckerei.ruppert@example.org",
        home=("Marktstraße 3", "36100", "Petersberg"),
        story=[
            visited(
                -58,
                "10:00",
                "Aufsteller darf neben der Kasse stehen. Dafür Brotgewürz zum Probieren.",
            ),
            visited(
                -16,
                "10:05",
                "Karten sind alle. Neue Aufsteller versprochen, die alten sind fleckig.",
            ),
            bring(-2, "Neue Aufsteller in die Bäckerei bringen"),
        ],
    ),
]
