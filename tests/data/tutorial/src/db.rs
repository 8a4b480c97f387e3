use crate::domain::order::Order;

pub struct Row(pub sqlx::postgres::PgRow);

pub async fn all() -> Vec<Order> {
    Vec::new()
}
