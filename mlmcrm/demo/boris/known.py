"""What Boris keeps in mind about his people."""

from customers.models import Customer, OwnField, Relation
from mlmcrm.demo.known import Asked, Known

KIND = Relation.Kind
TASTING, TASTE = "Verkostung", "Geschmack"

FIELDS = [Asked(TASTE, OwnField.Kind.CHOICE, "Für die richtige Flasche", ("trocken", "lieblich"))]

KNOWN = {
    "Mehmet Öztürk": Known(tags=(TASTING,), own={TASTE: "trocken"}, says={"satisfaction": 5}),
    "Aylin Demir": Known(tags=(TASTING,), own={TASTE: "lieblich"}),
    "Katja Lorenz": Known(tags=(TASTING,)),
    "Markus Hofmann": Known(
        knows=((KIND.SPOUSE, "Sophie Hofmann"),),
        says={"preferred_channel": Customer.Channel.EMAIL},
    ),
    "Luisa Brandl": Known(knows=((KIND.SIBLING, "Clara Brandl"),)),
}
