use crate::domain::census::Census; use crate::domain::roles::Roles; use crate::domain::patterns::Patterns; use crate::domain::need::facts::Facts; use crate::domain::policy::model::Parameters;
pub fn facts(_c:&Census<'_>, _r:&Roles, _p:&Patterns, _m:&Parameters)->Facts{ Facts::default() }
