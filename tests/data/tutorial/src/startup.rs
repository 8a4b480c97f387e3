use crate::configuration::Settings;

pub struct BaseUrl(pub String);

pub fn run(settings: Settings) -> axum::Router {
    crate::routes::all(&BaseUrl(settings.url))
}
