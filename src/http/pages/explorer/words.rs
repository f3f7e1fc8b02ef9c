//! The sentences around the explorer.

use crate::http::pages::words::words;

words! {
    title: "Verkenner", "Explorer";
    back: "Naar de plekken", "To the places";
    no_script: "De verkenner werkt met JavaScript. De API heeft dat niet nodig: stuur een vraag naar /graphql. Deze voorbeelden werken zo:",
        "The explorer needs JavaScript. The API does not: send a query to /graphql. These examples work as they are:";
    skip: "Naar de editor", "Skip to the editor";
    examples: "Voorbeelden", "Examples";
    examples_help: "Kies een voorbeeld om het in de editor te zetten en voer het daarna uit. De editor zelf is Engelstalig.",
        "Choose an example to put it into the editor, then run it.";
    keys: "Met het toetsenbord", "By keyboard";
    keys_help: "Ctrl+Enter voert de vraag uit, Ctrl+Spatie vult aan, Tab verlaat de editor, Ctrl+] springt in.",
        "Ctrl+Enter runs the query, Ctrl+Space completes, Tab leaves the editor, Ctrl+] indents.";
    query: "Vraag (GraphQL)", "Query (GraphQL)";
    variables: "Variabelen (JSON)", "Variables (JSON)";
    answer: "Antwoord (JSON)", "Answer (JSON)";
}
