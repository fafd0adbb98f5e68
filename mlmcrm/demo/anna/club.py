"""Anna's customer club: those who come again and again."""

from mlmcrm.demo.membership import Benefit, Club, Member, Use

SOAP, BOOKLET, CAKE = (
    "Ein Stück Zitronenseife",
    "Das Herbstheft vor allen anderen",
    "Messer schleifen",
)

CLUB = Club(
    "Annas Tischrunde",
    since=300,
    motto="Wer einmal mitgekocht hat, gehört dazu.",
    benefits=[
        Benefit(SOAP, "zum Geburtstag", "4.50"),
        Benefit(BOOKLET, "im September", "1.20"),
        Benefit(CAKE, "an jedem Clubabend", "0"),
    ],
    members=[
        Member("Petra Hahner", 300),
        Member("Jutta Hohmann", 300),
        Member("Meike Wehner", 296),
        Member("Gisela Wehner", 290, left=120),
        Member("Kerstin Auth", 26, note="Lieber Seife als Heft"),
        Member("Svetlana Bauer", 180),
        Member("Sandra Krah", 88),
        Member("Nicole Bleuel", 41),
    ],
    uses=[
        Use("Jutta Hohmann", SOAP, 61),
        Use("Meike Wehner", SOAP, 172),
        Use("Petra Hahner", BOOKLET, 68),
        Use("Jutta Hohmann", BOOKLET, 68),
        Use("Meike Wehner", BOOKLET, 66),
        Use("Svetlana Bauer", BOOKLET, 70),
        Use("Petra Hahner", CAKE, 110),
        Use("Meike Wehner", CAKE, 110),
        Use("Svetlana Bauer", CAKE, 110),
    ],
)
