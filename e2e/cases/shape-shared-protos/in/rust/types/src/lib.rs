pub struct Chat;
