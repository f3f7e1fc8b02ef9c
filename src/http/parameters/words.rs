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
    no_distance: "`distance` is `{value}`; verwacht wordt een afstand van meer dan 0 en hoogstens {most} meter, zoals 2000", "`distance` is `{value}`; expected a distance of more than 0 and at most {most} metres, such as 2000";
    which_distance: "`distance` ontbreekt; noem een afstand van hoogstens {most} meter, zoals 2000", "`distance` is missing; name a distance of at most {most} metres, such as 2000";
    no_radius: "`radius` is `{value}`; verwacht wordt meer dan 0 en hoogstens {most} meter, zoals 5000",
        "`radius` is `{value}`; expected more than 0 and at most {most} metres, such as 5000";
    radius_alone: "`radius` telt vanaf een punt; noem dat met `near`, zoals near=6.257,52.509, of met `postcode`",
        "`radius` counts from a point; name it by `near`, such as near=6.257,52.509, or by `postcode`";
    two_points: "`near` en `postcode` noemen elk een punt; noem er één", "`near` and `postcode` each name a point; name one";
    no_postcode: "`{value}` is geen postcode; verwacht worden vier cijfers, al dan niet met twee letters, zoals 7411 of 7411 AB",
        "`{value}` is not a postcode; expected four digits, or four digits and two letters, such as 7411 or 7411 AB";
    unknown_postcode: "van postcode `{value}` kennen we geen adres; noem een dorp met `settlement`, zoals lemelerveld, of een gemeente",
        "no address with postcode `{value}` is known; name a village by `settlement`, such as lemelerveld, or a municipality";
    no_edition: "`since` is `{value}`; verwacht wordt een van de edities hieronder", "`since` is `{value}`; expected one of the editions below";
    no_colour: "`{value}` is geen kleur waarop wit te lezen is (contrast ten minste 4,5); noem er een met zes cijfers, zoals 0b5563",
        "`{value}` is not a colour that white can be read on (contrast at least 4.5); name one by six digits, such as 0b5563";
    no_week: "`week` is `{value}`; verwacht wordt de eerste dag van de week die u wilt zien, zoals 2026-12-07",
        "`week` is `{value}`; expected the first day of the week to see, such as 2026-12-07";
    long_text: "`text` heeft {count} tekens; er wordt op hoogstens {most} gezocht", "`text` has {count} characters; at most {most} are searched for";
    without_edition: "`without` en `edition` gaan niet samen: wat elke bron zegt, is van de nieuwste editie alleen bewaard",
        "`without` and `edition` do not go together: what each source says is kept of the newest edition only";
    no_layer: "`{value}` is geen laag die weggelaten kan worden; dat kunnen {known}", "`{value}` is not a layer that can be left out; what can be left out: {known}";
    no_layer_yet: "`{value}` is geen laag die weggelaten kan worden; er is er nog geen ingelezen",
        "`{value}` is not a layer that can be left out; no import has brought one yet";
    no_day: "`on` is `{value}`; verwacht wordt een dag, zoals 2026-12-05", "`on` is `{value}`; expected a day, such as 2026-12-05";
    no_age: "`age` is `{value}`; verwacht wordt een leeftijd van 0 tot en met 120", "`age` is `{value}`; expected an age from 0 to 120";
    no_timestamp: "`afterTimestamp` is `{value}`; neem het adres over dat in `next` stond", "`afterTimestamp` is `{value}`; take the address that stood in `next`";
    after_id_alone: "`afterId` telt vanaf een moment; neem het adres over dat in `next` stond", "`afterId` counts from a moment; take the address that stood in `next`";
    no_per_page: "`per_page` is `{value}`; verwacht wordt een aantal van 1 tot en met {most}", "`per_page` is `{value}`; expected a number from 1 to {most}";
    no_moment: "`modified_after` is `{value}`; verwacht wordt een moment of een dag, zoals 2026-12-05T09:00:00Z of 2026-12-05",
        "`modified_after` is `{value}`; expected a moment or a day, such as 2026-12-05T09:00:00Z or 2026-12-05";
    no_uuid: "`{value}` is geen UUID; neem het over uit een `id` van een eerder antwoord", "`{value}` is not a UUID; take it from an `id` of an earlier answer";
    postcode_of_nothing: "er is geen adres met postcode `{value}` bekend; neem een andere in Overijssel, zoals 7411",
        "no address with postcode `{value}` is known; take another one of Overijssel, such as 7411";
    no_proximity: "`proximity` is `{value}`; verwacht wordt meer dan 0 en hoogstens {most} meter, zoals 5000",
        "`proximity` is `{value}`; expected more than 0 and at most {most} metres, such as 5000";
    proximity_alone: "`proximity` telt vanaf het midden van een postcode; noem die met `postcode`, zoals postcode=7411",
        "`proximity` counts from the middle of a postcode; name it by `postcode`, such as postcode=7411";
    postcode_alone: "`postcode` vraagt om een afstand, want geen dienst heeft hier een gebied; noem die met `proximity`, zoals proximity=5000",
        "`postcode` needs a distance, since no service has an area here; name it by `proximity`, such as proximity=5000";
    no_page: "`page` is `{value}`; verwacht wordt een bladzijde van 1 tot en met {last}", "`page` is `{value}`; expected a page from 1 to {last}";
    no_height: "`height` is `{value}`; verwacht worden hele pixels van {least} tot {most}", "`height` is `{value}`; expected whole pixels from {least} to {most}";
}
