pub mod orders;

use crate::startup::BaseUrl;

pub fn all(base: &BaseUrl) -> axum::Router {
    axum::Router::new().route(&base.0, axum::routing::get(orders::list))
}
