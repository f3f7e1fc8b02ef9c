//! Why a parameter is refused.

use crate::http::pages::words::words;

words! {
    and: "en", "and";
    or: "of", "or";
    unknown: "`{name}` is hier geen parameter; gebruik {known}", "`{name}` is not a parameter here; use {known}";
    unknown_of_none: "`{name}` is hier geen parameter; er zijn er geen", "`{name}` is not a parameter here; there are none";
    twice: "`{name}` staat er twee keer; noem er één", "`{name}` is given twice; name one";
    encoding: "de parameters zijn geen UTF-8 in procentcodering, zoals in ?municipality=GM0193",
        "the parameters are not percent-encoded UTF-8, as in ?municipality=GM0193";
    no_value: "`{value}` is geen waarde van `{name}`; er zijn {known}", "`{value}` is not a value of `{name}`; there are {known}";
    no_municipality: "`{value}` is niet een van de {count} gemeenten van Overijssel; noem er een met CBS-code of naam, zoals GM0193 of Zwolle",
        "`{value}` is not one of the {count} municipalities of Overijssel; name one by CBS code or name, such as GM0193 or Zwolle";
    one_municipality: "`/template.xlsx` is de lijst van één gemeente; noem haar, zoals ?municipality=GM0148", "`/template.xlsx` is the list of one municipality; name it, as in ?municipality=GM0148";
    not_one_municipality: "`{value}` is niet één gemeente van Overijssel; noem er een, zoals ?municipality=GM0148", "`{value}` is not one municipality of Overijssel; name one, as in ?municipality=GM0148";
    no_settlement: "`{value}` is geen kern; noem er een zoals in een adres of met TOP10NL-id, zoals lemelerveld",
        "`{value}` is no settlement; name one by slug or TOP10NL id, such as lemelerveld";
    no_bbox: "`bbox` is `{value}`; verwacht wordt west,zuid,oost,noord in graden, zoals 6.0,52.4,6.4,52.6",
        "`bbox` is `{value}`; expected west,south,east,north in degrees, such as 6.0,52.4,6.4,52.6";
    no_near: "`near` is `{value}`; verwacht wordt lengte,breedte in graden, zoals 6.257,52.509",
        "`near` is `{value}`; expected longitude,latitude in degrees, such as 6.257,52.509";
    no_radius: "`radius` is `{value}`; verwacht wordt meer dan 0 en hoogstens {most} meter, zoals 5000",
        "`radius` is `{value}`; expected more than 0 and at most {most} metres, such as 5000";
    no_distance: "`distance` is `{value}`; verwacht wordt meer dan 0 en hoogstens {most} meter, zoals 2000",
        "`distance` is `{value}`; expected more than 0 and at most {most} metres, such as 2000";
    radius_alone: "`radius` telt vanaf een punt; noem dat met `near`, zoals near=6.257,52.509",
        "`radius` counts from a point; name it by `near`, such as near=6.257,52.509";
    long_text: "`text` heeft {count} tekens; er wordt op hoogstens {most} gezocht", "`text` has {count} characters; at most {most} are searched for";
    without_edition: "`without` en `edition` gaan niet samen: wat elke bron zegt, is van de nieuwste editie alleen bewaard",
        "`without` and `edition` do not go together: what each source says is kept of the newest edition only";
    no_layer: "`{value}` is geen laag die weggelaten kan worden; dat kunnen {known}", "`{value}` is not a layer that can be left out; what can be left out: {known}";
    no_layer_yet: "`{value}` is geen laag die weggelaten kan worden; er is er nog geen ingelezen",
        "`{value}` is not a layer that can be left out; no import has brought one yet";
    no_day: "`on` is `{value}`; verwacht wordt een dag, zoals 2026-12-05", "`on` is `{value}`; expected a day, such as 2026-12-05";
    no_age: "`age` is `{value}`; verwacht wordt een leeftijd van 0 tot en met 120", "`age` is `{value}`; expected an age from 0 to 120";
    no_page: "`page` is `{value}`; verwacht wordt een bladzijde van 1 tot en met {last}", "`page` is `{value}`; expected a page from 1 to {last}";
    no_height: "`height` is `{value}`; verwacht worden hele pixels van {least} tot {most}", "`height` is `{value}`; expected whole pixels from {least} to {most}";
}
