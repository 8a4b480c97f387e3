pub struct Money(pub u64);
