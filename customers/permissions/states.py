"""German postcodes and the federal states they lie in."""

from bisect import bisect_right
from itertools import pairwise

POSTCODE_LENGTH = 5

# From this postcode on, up to the next line; an area that two states share names both.
BEGINS = """
01000 SN  01940 BB  02600 SN  03000 BB  04000 SN  04580 TH  04640 SN  04890 BB  05000 -
06000 ST  06550 TH  06600 ST  07000 -  07300 TH  07918 TH SN  07920 TH  07950 TH SN  07954 TH
07981 TH SN  07986 TH  08000 SN  09700 -  10000 BE  12529 BB  12530 BE  14400 BB  14715 BB ST  14716 BB  17000 MV
17258 BB MV  17260 BB  17300 MV  17309 BB MV  17310 MV  17321 BB MV  17323 MV  17326 BB  17327 MV
17335 BB MV  17338 MV  19270 NI MV  19274 MV  19307 BB  19357 BB MV  19358 MV  19500 -
20000 HH  21039 HH SH  21040 HH  21200 NI  21450 SH  21522 NI SH  21523 SH  21600 NI  22000 HH
22113 HH SH  22114 HH  22145 HH SH  22146 HH  22800 SH  23920 MV  24000 SH  26000 NI  27483 SH
27499 HH  27500 HB  27600 NI  28000 HB  28780 NI  29400 ST  29430 NI
32000 NW  34000 HE  34330 NI  34355 HE NI  34356 HE  34400 NW  34440 HE  36400 TH  37000 NI
37194 HE NI  37196 NI  37200 HE  37300 TH  37400 NI  37650 NW  37689 NI  37692 NW  37697 NI
38480 ST  38500 NI  38800 ST  39700 -
40000 NW  48442 NI NW  48443 NI  48466 NW  48478 NI  48481 NW  48486 NI  48489 NW  48497 NI
48540 NW  49000 NI  49460 NW  49550 NI
50000 NW  51598 RP  51599 NW  53400 RP  53580 NW  53614 RP  53620 NW  54000 RP  55240 HE  55253 RP
57000 NW  57500 RP  57649 NW  59969 HE NW  59970 NW
60000 HE  63700 BY  63776 BY HE  63777 BY  63928 BY BW  63929 BY  64000 HE  64754 BW HE  64755 HE
65326 HE RP  65327 HE  65391 HE RP  65392 HE  65558 RP  65583 HE  65621 RP  65627 HE RP  65630 HE
66000 SL  66460 RP  66510 SL  66840 RP  68000 BW  68500 HE  68520 BW  68600 HE  68700 BW  69235 HE
69240 BW  69430 HE  69434 BW HE  69435 BW  69479 HE  69489 BW  69503 HE  69510 BW  69515 HE
70000 BW  74594 BW BY  74595 BW  76710 RP  77000 BW
80000 BY  88000 BW  88100 BY  88147 BW BY  88148 BY  88180 BW  89200 BY  89500 BW
90000 BY  96500 TH  97000 BY  97860 BW  97880 BY  97893 BW  97896 BW BY  97897 BW  97901 BY
97910 BW  98000 TH
"""


def read(table: str) -> tuple[list[int], list[tuple[str, ...]]]:
    words = table.split()
    starts = [at for at, word in enumerate(words) if word.isdigit()] + [len(words)]
    rows = {int(words[at]): tuple(words[at + 1 : end]) for at, end in pairwise(starts)}
    return list(rows), [tuple(state for state in row if state != "-") for row in rows.values()]


STARTS, STATES = read(BEGINS)


def states_of(postcode: str) -> tuple[str, ...]:
    """The states in which a postcode lies; none for what is no German postcode."""
    code = postcode.strip().upper().removeprefix("D-")
    if not (len(code) == POSTCODE_LENGTH and code.isascii() and code.isdigit()):
        return ()
    place = bisect_right(STARTS, int(code)) - 1
    return STATES[place] if place >= 0 else ()
