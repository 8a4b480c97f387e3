use crate::db;
use crate::domain::order::Order;

pub async fn list() -> String {
    db::all().await.iter().map(Order::title).collect()
}
