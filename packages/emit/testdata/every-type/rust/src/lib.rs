//! Implementation of `catalog.v1.Catalog`.

mod generated;

pub use generated::*;

use grout::{Cx, Error};

/// Serves the calls.
#[derive(Debug, Default)]
pub struct Service;

impl Catalog for Service {
    fn echo(&self, _cx: &Cx, product: Product) -> Result<Product, Error> {
        Ok(product)
    }

    fn mirror(&self, _cx: &Cx, tree: Tree) -> Result<Tree, Error> {
        Ok(mirrored(tree))
    }

    fn summarize(&self, _cx: &Cx, summary: Summary) -> Result<Summary, Error> {
        Ok(summary)
    }

    fn r#break(&self, _cx: &Cx, request: BreakRequest) -> Result<Card, Error> {
        Ok(Card {
            holder: "x".repeat(request.holder as usize),
            digits: (0..request.digits).collect(),
            ..Card::default()
        })
    }
}

fn mirrored(mut tree: Tree) -> Tree {
    tree.children.reverse();
    tree.children = tree.children.into_iter().map(mirrored).collect();
    tree
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_turns_around_at_every_level() {
        let leaf = |name: &str| Tree {
            name: name.to_owned(),
            ..Tree::default()
        };
        let tree = Tree {
            children: vec![leaf("a"), leaf("b")],
            ..leaf("root")
        };
        let children = mirrored(tree).children;
        assert_eq!(children, [leaf("b"), leaf("a")]);
    }

    #[test]
    fn what_is_redacted_is_not_shown() {
        let card = Card {
            holder: "Ada".to_owned(),
            number: "4242".to_owned(),
            ..Card::default()
        };
        let shown = format!("{card:?} {:?}", TreeOrigin::Seed("4242".to_owned()));
        assert!(shown.contains("Ada") && shown.contains("<redacted>"));
        assert!(!shown.contains("4242"), "{shown}");
    }

    #[test]
    fn a_number_without_a_name_is_kept() {
        assert_eq!(Color::from_number(2), Color::Blue);
        assert_eq!(Color::from_number(77).number(), 77);
        assert_eq!(ProductStatus::AVAILABLE, ProductStatus::OnSale);
    }
}
