"""Hosts and guests of the tastings, and those who send them."""

from mlmcrm.demo.story import (
    CUSTOMER,
    GUEST,
    MR,
    MS,
    REGULAR,
    SIE,
    Person,
    Turns,
    bring,
    call,
    called,
    card,
    mailed,
    message,
    met,
    missed,
    noted,
    visited,
    wrote,
)

TASTINGS = [
    Person(
        "Florian",
        "Menges",
        since=602,
        salutation=MR,
        stage=REGULAR,
        rank="A",
        born="9.8.1978",
        source="Alter Kollege aus der Agentur",
        note=(
            "Riesling trocken, sonst nichts. Keller im Hinterhof, 2. Tür. "
            "Macht zweimal im Jahr einen Abend für seine Kochgruppe."
        ),
        phones=["069 90009 201", "0171 3920011"],
        email="florian.menges@example.org",
        home=("Rohrbachstraße 38", "60389", "Frankfurt am Main"),
        story=[
            called(-60, "18:10", "Kochgruppe hat wieder Lust. Thema: Rhein gegen Mosel."),
            mailed(
                -35, "22:05", "Weinliste geschickt, 6 Flaschen.", kept="Liste für die Kochgruppe"
            ),
            called(
                -9, "18:30", "7 Leute sicher. Er kocht Linsen dazu. Gläser reichen, Kühlung auch."
            ),
        ],
    ),
    Person(
        "Ulrike",
        "von Stetten",
        since=455,
        salutation=MS,
        formality=SIE,
        stage=REGULAR,
        rank="A",
        born="1.2.1960",
        source="Buchhandlung Sommer, Lesung mit Wein",
        note="Dr., Notarin. Lädt zu Hause ein, sehr gepflegt. Kein Barrique. Rechnung immer ans Büro.",
        phones=["069/90009-215"],
        email="stetten@example.org",
        home=("Holbeinstr. 70", "60596", "Frankfurt am Main"),
        story=[
            called(-80, "11:00", "24 Flaschen Silvaner für den Empfang."),
            visited(
                -66, "08:30", "Geliefert, Hausmeister hat geholfen.", kept="24 Silvaner liefern"
            ),
            called(
                -30, "11:15", "Empfang war schön, zwei Gäste haben gefragt: Lorenz und Albrecht."
            ),
            card(-2, "Handschriftlich danken für die zwei Empfehlungen"),
        ],
    ),
    Person(
        "Mehmet",
        "Öztürk",
        since=520,
        salutation=MR,
        stage=CUSTOMER,
        rank="A",
        source="Gemüseladen an der Berger Straße",
        note="Trinkt selbst keinen Wein, schickt mir aber die halbe Straße. Bekommt Traubensaft, den guten!",
        phones=["069 90009 220"],
        home=("Berger Str. 211", "60385", "Frankfurt am Main"),
        story=[
            visited(
                -50,
                "09:15",
                "6 Traubensaft rot. Er erzählt von Aylin, die für ihre Hochzeit sucht.",
            ),
            visited(
                -13,
                "09:20",
                "Aylin war schon bei mir. Er freut sich.",
                kept="Saft bringen und danken",
            ),
            bring(1, "6 Flaschen Traubensaft rot"),
        ],
    ),
    Person(
        "Aylin",
        "Demir",
        since=45,
        salutation=MS,
        rank="A",
        born="12.9.1993",
        source="Empfehlung von Mehmet Öztürk",
        note="Hochzeit, 80 Gäste, die Hälfte trinkt. Weiß und Schaumwein, dazu etwas ohne Alkohol.",
        phones=["0171 3920025"],
        email="aylin.demir@example.org",
        story=[
            met(-38, "19:30", "Mit ihrem Verlobten bei mir probiert. Der Sekt hat gewonnen."),
            mailed(
                -31, "21:00", "Angebot geschickt, 30 Sekt, 24 weiß, 18 alkoholfrei.", kept="Angebot"
            ),
            called(
                -6, "12:50", "Saal steht noch nicht fest. Meldet sich, ich soll aber nachhaken."
            ),
            call(0, "Steht der Saal? Sekt reservieren"),
        ],
    ),
    Person(
        "Ruth",
        "Sommer",
        since=480,
        salutation=MS,
        stage=REGULAR,
        rank="A",
        born=Turns(60, day=1),
        source="Buchhandlung Sommer, gleich ums Eck",
        note="Lesungen mit Wein, ich schenke aus. Lieber leicht, unter 12 %. Hat mir die Frau von Stetten geschickt.",
        phones=["069 90009 230"],
        email="laden@buch-sommer.example.org",
        home=("Oeder Weg 52", "60318", "Frankfurt am Main"),
        story=[
            met(-72, "20:00", "Lesung, 35 Leute, 14 Flaschen. Drei Visitenkarten."),
            called(
                -25, "16:00", "Nächste Lesung mit einem Krimi. Rotwein, sagt sie, wegen dem Blut."
            ),
            bring(1, "Flasche Crémant zum Sechzigsten, vor Ladenschluss"),
            call(6, "Krimi-Lesung: wie viele Leute?", at="15:30"),
        ],
    ),
    Person(
        "Katja",
        "Lorenz",
        since=29,
        salutation=MS,
        formality=SIE,
        source="Empfang bei Frau von Stetten",
        note="Steuerberaterin. Sucht Geschenke für 20 Mandanten, nichts Süßes.",
        phones=["069 90009 231"],
        email="k.lorenz@example.org",
        story=[
            called(-22, "17:40", "20 Geschenke zu je ca. 25 Euro. Zwei Vorschläge machen."),
            mailed(
                -20,
                "21:30",
                "Zwei Vorschläge: Riesling im Karton, Cuvée mit Karte.",
                kept="Vorschläge",
            ),
            missed(-4, "17:10", "In Besprechung, Sekretariat richtet es aus"),
            call(2, "Welches der beiden Geschenke?", at="17:00"),
        ],
    ),
    Person(
        "Werner",
        "Albrecht",
        since=28,
        salutation=MR,
        formality=SIE,
        rank="B",
        source="Empfang bei Frau von Stetten",
        note="Prof. em., Geschichte. Erzählt lange und gut. Möchte den Wein von 1986 finden (Geburtsjahr Tochter).",
        phones=["069 90009 232"],
        story=[
            called(-24, "10:30", "40 Minuten Burgund. Suche nach dem 86er versprochen."),
            noted(-10, "23:10", "Händler in Mainz hat zwei Flaschen, Preis kommt."),
            call(-1, "Sagen, was der 86er kosten würde"),
        ],
    ),
    Person(
        "Luisa",
        "Brandl",
        since=210,
        salutation=MS,
        stage=CUSTOMER,
        rank="B",
        born="30.6.1990",
        source="Weinabend bei mir, kam mit Clara",
        note="Die Stille von den zwei Schwestern. Mag Orange Wine.",
        phones=["0171 3920026"],
        email="luisa.brandl@example.org",
        home=("Textorstr. 18", "60594", "Frankfurt am Main"),
        story=[
            called(-40, "19:00", "6er Kiste Orange. Fand den Georgier am besten."),
            call(0, "Wie war der Georgier zum Käse?", care=True),
        ],
    ),
    Person(
        "Clara",
        "Brandl",
        since=210,
        salutation=MS,
        stage=REGULAR,
        rank="A",
        born="4.4.1987",
        source="Weinabend bei mir",
        note="Die Laute :-) Organisiert alles im Büro, auch die Feiern. Schwester von Luisa.",
        phones=["0171 3920027"],
        email="clara.brandl@example.org",
        home=("Textorstr. 18", "60594", "Frankfurt am Main"),
        story=[
            wrote(-57, "12:20", "Sommerfest war super, Rosé war leer."),
            met(
                -15, "20:00", "Abend bei mir, sie hat zwei Kolleginnen mitgebracht, Nora und Jule."
            ),
            message(-1, "Fotos vom Abend schicken", care=True),
            call(16, "Jahresfeier im Büro, Mengen", at="11:00"),
        ],
    ),
    Person(
        "Nora",
        "Jansen",
        since=15,
        salutation=MS,
        stage=GUEST,
        source="Kollegin von Clara Brandl",
        note="Kommt aus Emden, trinkt eigentlich Tee.",
        phones=["0171 3920028"],
        story=[
            met(-15, "22:30", "Nimmt eine Flasche Scheurebe für ihre Mutter mit."),
            message(3, "Wie fand die Mutter die Scheurebe?", care=True),
        ],
    ),
    Person("Jule", since=15, stage=GUEST, source="Kollegin von Clara Brandl, Abend bei mir"),
]
