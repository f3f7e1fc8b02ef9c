//! Why a filter is refused.

crate::http::pages::words::words! {
    at_character: "`filter` klopt niet bij teken {place}:", "`filter` is wrong at character {place}:";
    at_member: "`filter` klopt niet bij `{place}`:", "`filter` is wrong at `{place}`:";
    as_a_whole: "`filter` klopt niet:", "`filter` is wrong:";
    expected: "hier kan staan: {known}", "what can stand here is {known}";
    or: "of", "or";
    a_property: "een eigenschap", "a property";
    a_value: "een waarde", "a value";
    a_text: "een tekst tussen `'`", "a text between `'`";
    a_number: "een getal", "a number";
    a_geometry: "een geometrie zoals POINT(6.2 52.5)", "a geometry such as POINT(6.2 52.5)";
    an_operator: "`=`, `<>`, `<`, `>`, `<=` of `>=`", "`=`, `<>`, `<`, `>`, `<=` or `>=`";
    the_end: "het einde", "the end";
    deep: "haakjes staan meer dan {most} diep in elkaar", "brackets are more than {most} deep in one another";
    no_json: "het is geen JSON ({cause}); bedoel je tekst, laat `filter-lang` dan weg",
        "it is not JSON ({cause}); if you mean text, leave `filter-lang` out";
    no_property: "`{name}` is geen eigenschap van `{collection}`; dat zijn {known}",
        "`{name}` is no property of `{collection}`; there are {known}";
    no_term: "`{value}` is geen waarde van `{name}`; dat zijn {known}", "`{value}` is no value of `{name}`; there are {known}";
    no_date: "`{value}` is geen dag of moment, zoals 2026-12-01 of 2026-12-01T19:00:00Z",
        "`{value}` is no day and no moment, such as 2026-12-01 or 2026-12-01T19:00:00Z";
    no_function: "`{name}` is er niet; wel {known}", "there is no `{name}`; there are {known}";
    no_operator: "`{name}` is er niet; wel and, or, not, =, <>, <, >, <=, >=, like, between, in, isNull, s_intersects en t_after met zijn verwanten",
        "there is no `{name}`; there are and, or, not, =, <>, <, >, <=, >=, like, between, in, isNull, s_intersects and t_after with its kin";
    no_expression: "hier hoort een voorwaarde: een object met `op` en `args`, of true of false",
        "a condition belongs here: an object with `op` and `args`, or true or false";
    arguments: "`{name}` heeft {count} argumenten nodig", "`{name}` needs {count} arguments";
    no_value: "hier hoort een waarde: een tekst, een getal, true, false, of een object met `property`, `date`, `timestamp` of `op` casei",
        "a value belongs here: a text, a number, true, false, or an object with `property`, `date`, `timestamp` or `op` casei";
    no_place: "hier hoort een eigenschap, een geometrie van GeoJSON of een object met `bbox`",
        "a property, a geometry of GeoJSON or an object with `bbox` belongs here";
    no_list: "hier hoort een lijst van waarden", "a list of values belongs here";
    kinds: "{left} wordt vergeleken met {right}", "{left} is compared with {right}";
    is_text: "tekst", "text";
    is_number: "een getal", "a number";
    is_boolean: "ja of nee (true of false)", "yes or no (true or false)";
    is_time: "een dag of moment", "a day or a moment";
    not_text: "hier hoort tekst, en dit is {kind}", "text belongs here, and this is {kind}";
    not_time: "hier hoort een dag of moment, en dit is {kind}", "a day or a moment belongs here, and this is {kind}";
    no_pattern: "hier hoort een tekst waarin `%` en `_` voor andere tekens staan", "a text belongs here, in which `%` and `_` stand for other characters";
    a_geometry_each: "een van beide is `geometry`, de ander een geometrie", "one of both is `geometry`, the other a geometry";
    no_box: "dit is geen kader: links onder en rechts boven, in het stelsel van `filter-crs`",
        "this is no box: lower left and upper right, in the system of `filter-crs`";
}
