//! As much of JSON as a file of vectors needs, so that tests need no other crate.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Chars;

/// A value of JSON; what a check does not look at is not told apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    Text(String),
    List(Vec<Json>),
    Object(BTreeMap<String, Json>),
    Other,
}

impl Json {
    /// Reads a file that the generator wrote.
    ///
    /// # Panics
    /// When it is no JSON.
    pub(super) fn read(text: &str) -> Self {
        let mut reader = Reader(text.chars().peekable());
        let value = reader.value();
        reader.skip_space();
        assert_eq!(reader.0.next(), None, "JSON goes on after its value");
        value
    }

    pub(super) fn items(&self, key: &str) -> &[Json] {
        match self {
            Self::Object(members) => match members.get(key) {
                Some(Self::List(items)) => items,
                _ => panic!("there is no list {key}"),
            },
            _ => panic!("no object that could have a list {key}"),
        }
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match self {
            Self::Object(members) => match members.get(key) {
                Some(Self::Text(text)) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }
}

struct Reader<'a>(Peekable<Chars<'a>>);

impl Reader<'_> {
    fn value(&mut self) -> Json {
        self.skip_space();
        match self.0.peek() {
            Some('{') => self.object(),
            Some('[') => self.list(),
            Some('"') => Json::Text(self.string()),
            Some(_) => {
                while self.0.next_if(|c| !",]} \n".contains(*c)).is_some() {}
                Json::Other
            }
            None => panic!("JSON ends where a value should be"),
        }
    }

    fn object(&mut self) -> Json {
        self.expect('{');
        let mut members = BTreeMap::new();
        while !self.ends_with('}') {
            self.skip_space();
            let key = self.string();
            self.skip_space();
            self.expect(':');
            members.insert(key, self.value());
        }
        Json::Object(members)
    }

    fn list(&mut self) -> Json {
        self.expect('[');
        let mut items = Vec::new();
        while !self.ends_with(']') {
            items.push(self.value());
        }
        Json::List(items)
    }

    /// Takes a comma, or the end.
    fn ends_with(&mut self, end: char) -> bool {
        self.skip_space();
        self.0.next_if_eq(&',');
        self.skip_space();
        self.0.next_if_eq(&end).is_some()
    }

    fn string(&mut self) -> String {
        self.expect('"');
        let mut units = Vec::new();
        let mut buffer = [0; 2];
        loop {
            match self.0.next().expect("JSON ends in a text") {
                '"' => return String::from_utf16(&units).expect("a text of JSON"),
                '\\' => units.push(self.escaped()),
                c => units.extend_from_slice(c.encode_utf16(&mut buffer)),
            }
        }
    }

    fn escaped(&mut self) -> u16 {
        match self.0.next() {
            Some('b') => 8,
            Some('f') => 12,
            Some('n') => 10,
            Some('r') => 13,
            Some('t') => 9,
            Some('u') => {
                let digits: String = self.0.by_ref().take(4).collect();
                u16::from_str_radix(&digits, 16).expect("four hexadecimal digits")
            }
            Some(c @ ('"' | '\\' | '/')) => c as u16,
            other => panic!("JSON has no escape {other:?}"),
        }
    }

    fn skip_space(&mut self) {
        while self.0.next_if(|c| c.is_ascii_whitespace()).is_some() {}
    }

    fn expect(&mut self, expected: char) {
        assert_eq!(self.0.next(), Some(expected), "in JSON");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lists_and_objects_are_read() {
        let json = Json::read(
            " {\"a\": [\"x\\\"\\u0000\\ud83d\\ude00ß\", -1.5e3, true, {}, []], \"b\": \"\"}\n",
        );
        let [text, number, flag, object, list] = json.items("a") else {
            panic!("{json:?}");
        };
        assert_eq!(text, &Json::Text("x\"\0😀ß".to_owned()));
        assert_eq!((number, flag), (&Json::Other, &Json::Other));
        assert_eq!(object, &Json::Object(BTreeMap::new()));
        assert_eq!(list, &Json::List(Vec::new()));
        assert_eq!((json.text("b"), json.text("a")), (Some(""), None));
    }

    #[test]
    #[should_panic(expected = "JSON goes on after its value")]
    fn what_follows_the_value_is_refused() {
        Json::read("{} {}");
    }
}
