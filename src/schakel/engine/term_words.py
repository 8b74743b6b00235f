"""The words an employer may choose, as people say them in Dutch and English."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "statutory": ("wettelijk", "statutory"),
    # When things count.
    "calendar_days": ("naar kalenderdagen", "by calendar days"),
    "first_day": (
        "wie er op de eerste dag is, telt het hele loontijdvak",
        "whoever is there on the first day",
    ),
    "fifteenth_day": (
        "wie er op de vijftiende dag is, telt het hele loontijdvak",
        "whoever is there on the fifteenth day",
    ),
    "last_day": (
        "wie er op de laatste dag is, telt het hele loontijdvak",
        "whoever is there on the last day",
    ),
    "thirty_days": ("naar dagen van een maand van dertig", "by days of a month of thirty"),
    "by_days": ("naar kalenderdagen", "by calendar days"),
    "working_days": ("naar werkdagen", "by working days"),
    "days_of_261": ("naar werkdagen van een jaar van 261", "by working days of a year of 261"),
    "whole_period": ("een begonnen loontijdvak telt heel", "a wage period that has begun counts whole"),
    "each_period": ("elk loontijdvak op zichzelf afgerond", "each wage period rounded by itself"),
    "year_to_date": ("het jaar tot nu toe afgerond", "the year so far rounded"),
    "each_change": ("elke wijziging meteen", "each change at once"),
    "first_of_month": ("de eerste van de maand", "the first of the month"),
    "first_of_next_month": ("de eerste van de volgende maand", "the first of the next month"),
    "first_of_year": ("1 januari", "1 January"),
    "end_of_year": ("31 december", "31 December"),
    "first_of_wage_period": ("de eerste dag van het loontijdvak", "the first day of the wage period"),
    "end_of_month": ("het einde van de maand", "the end of the month"),
    "exact_day": ("de dag zelf", "the day itself"),
    "month_reached": (
        "de eerste van de maand waarin zij wordt bereikt",
        "the first of the month it is reached in",
    ),
    "next_month": ("de eerste van de maand erna", "the first of the month after it"),
    "in_force": ("zoals ze gelden", "as they are in force"),
    "continues": ("loopt door", "continues"),
    "stops": ("stopt", "stops"),
    # The wage that counts, and the base.
    "salary": ("salaris met toeslagen", "salary with allowances"),
    "stated_wage": ("jaarloon dat de salarisadministratie opgeeft", "yearly wage that payroll states"),
    "full_time_first": (
        "eerst voltijd, daarna de deeltijdfactor",
        "full time first, then the part-time factor",
    ),
    "actual_with_scaled_franchise": (
        "werkelijk loon met maximum, franchise naar deeltijd",
        "actual wage with the cap, franchise by part time",
    ),
    "actual_with_full_franchise": (
        "werkelijk loon met maximum, hele franchise",
        "actual wage with the cap, full franchise",
    ),
    # Contributions.
    "flat": ("vlak", "flat"),
    "by_age": ("naar leeftijd", "by age"),
    "respected": ("eerbiedigd voor wie er al was", "respected for those who were there"),
    "pension_base": ("pensioengrondslag", "pension base"),
    "pensionable_salary": ("pensioengevend salaris", "pensionable salary"),
    "share_of_base": ("deel van de grondslag", "share of the base"),
    "share_of_contribution": ("deel van de premie", "share of the contribution"),
    "per_tranche": ("per deel van de grondslag", "by part of the base"),
    "fixed": ("vast bedrag", "fixed amount"),
    "remainder": ("wat de werkgever overlaat", "what the employer leaves"),
    # Income and absence.
    "basic": ("basis", "basic"),
    "extended": ("uitgebreid", "extended"),
    "class": ("naar klasse", "by class"),
    "percentage": ("naar het percentage zelf", "by the percentage itself"),
    "two_parts": ("onder en boven de grens", "below and above the limit"),
    "by_benefit": ("wat naast de WIA ontbreekt", "what is missing beside the WIA"),
    "iva": ("bij een IVA-uitkering", "with an IVA benefit"),
    "any_wia": ("bij elke WIA-uitkering", "with any WIA benefit"),
    "stop_loss": ("eigen behoud naar verzuim", "own retention by absence"),
    "money_excess": ("eigen risico in geld", "excess in money"),
    # Accident, health, Anw gap.
    "multiples": ("in jaarlonen", "in yearly wages"),
    "per_mille": ("promille van de bedragen", "per mille of the sums"),
    "share_of_wage": ("deel van het loon", "share of the wage"),
    "per_person": ("bedrag per persoon", "amount a person"),
    "none_paid": ("geen", "none"),
    "fixed_amount": ("vast bedrag", "fixed amount"),
    "share_of_supplementary": ("deel van de aanvullende premie", "share of the supplementary premium"),
    "levels": ("niveaus", "levels"),
    "share_of_anw": ("deel van de Anw", "share of the Anw"),
    "chosen": ("gekozen bedrag", "amount chosen"),
    "own_age": ("eigen leeftijd", "own age"),
    "partner_age": ("leeftijd van de partner", "partner's age"),
    "both_ages": ("beide leeftijden", "both ages"),
    "level": ("gelijkblijvend", "level"),
    "declining": ("aflopend kapitaal", "declining capital"),
    # Hours and travel.
    "by_hour": ("per uur uit het reglement", "by the hour from the regulation"),
    "from_year": ("uit de jaarfranchise", "from that of the year"),
    "without": ("zonder", "without"),
    "declared": ("opgegeven dagen", "declared days"),
    "fixed_year": ("vaste dagen per jaar", "fixed days a year"),
    "deducted": ("gaat af", "deducted"),
    "ignored": ("telt niet", "does not count"),
    "free_space": ("in de vrije ruimte", "in the free space"),
    "taxed": ("belast", "taxed"),
    "share_of_salary": ("deel van het salaris", "share of the salary"),
    "reachable": (
        "bereikbaar pensioen naar dienstjaren",
        "pension that could be reached by years of service",
    ),
    "employment": ("het dienstverband", "the employment"),
    "stated": ("opgave van de salarisadministratie", "what payroll states"),
    "months": ("in maanden", "in months"),
    "whole_years": ("in hele jaren", "in whole years"),
    "life_long": ("levenslang", "for life"),
    "temporary": ("tijdelijk", "for a time"),
    "of_salary": ("deel van het salaris", "share of the salary"),
    "of_base": ("deel van de grondslag", "share of the base"),
    "of_sum": ("deel van het verzekerde bedrag", "share of the sum insured"),
    "until_18": ("tot 18 jaar", "until 18"),
    "until_21": ("tot 21 jaar", "until 21"),
    "until_25": ("tot 25 jaar", "until 25"),
    "until_27": ("tot 27 jaar", "until 27"),
    "until_30": ("tot 30 jaar", "until 30"),
    "employee": ("werknemer", "employee"),
    "child": ("kind", "child"),
    "a_year": ("per jaar", "a year"),
    "a_wage_period": ("per loontijdvak", "a wage period"),
    "follows_age": ("volgt de leeftijd", "follows the age"),
    "stays_at_first_day": ("blijft op die van de eerste dag", "stays at that of the first day"),
    "table": ("naar een tabel", "by a table"),
    "by_month": ("per maand minder", "less each month"),
    "never": ("nooit", "never"),
    "gross": ("bruto", "gross"),
    "net": ("netto", "net"),
}

SIZES: Mapping[str, tuple[str, str]] = {
    "twelve_decimals": ("twaalf decimalen", "twelve decimals"),
    "eight_decimals": ("acht decimalen", "eight decimals"),
    "six_decimals": ("zes decimalen", "six decimals"),
    "four_decimals": ("vier decimalen", "four decimals"),
    "three_decimals": ("drie decimalen", "three decimals"),
    "two_decimals": ("twee decimalen", "two decimals"),
    "one_decimal": ("één decimaal", "one decimal"),
    "cent": ("hele centen", "whole cents"),
    "five_cents": ("vijf cent", "five cents"),
    "ten_cents": ("tien cent", "ten cents"),
    "whole": ("helen", "whole ones"),
    "ten": ("tientallen", "tens"),
    "hundred": ("honderdtallen", "hundreds"),
    "thousand": ("duizendtallen", "thousands"),
}
WAYS: Mapping[str, tuple[str, str]] = {
    "half_up": ("vanaf een half naar boven", "halves up"),
    "up": ("naar boven", "up"),
    "down": ("naar beneden", "down"),
}


def said(word: str, language: str) -> str:
    """A word as people say it. Raises KeyError for one that has no translation: a test finds those first."""
    place = 0 if language == "nl" else 1
    if word == "none":
        return ("niet", "none")[place]
    for way, ways in WAYS.items():
        size = word.removesuffix(f"_{way}")
        if size != word and size in SIZES:
            return f"{SIZES[size][place]}, {ways[place]}"
    return WORDS[word][place]
