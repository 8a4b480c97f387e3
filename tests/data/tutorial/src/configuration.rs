pub struct Settings {
    pub url: String,
}
