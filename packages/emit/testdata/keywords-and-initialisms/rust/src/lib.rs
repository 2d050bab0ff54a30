//! Implementation of `lexicon.v1.Lexicon`.

mod generated;

pub use generated::*;

use grout::{Cx, Error};

/// Serves the calls.
#[derive(Debug, Default)]
pub struct Service;

impl Lexicon for Service {
    fn r#type(&self, _cx: &Cx, request: Keywords) -> Result<Keywords, HttpError> {
        match request.r#type.as_str() {
            "url" => Err(HttpErrorCode::BadUrl.error("bad")),
            "self" => Err(HttpErrorCode::Self_.error("me")),
            _ => Ok(request),
        }
    }

    fn r#match(&self, _cx: &Cx, request: UserIds) -> Result<UserIds, Error> {
        Ok(request)
    }

    fn get_http_url(
        &self,
        _cx: &Cx,
        request: GetHttpUrlRequest,
    ) -> Result<GetHttpUrlResponse, Error> {
        let url = format!("http://{}/", request.http_host);
        Ok(GetHttpUrlResponse { url })
    }

    fn select(&self, _cx: &Cx, request: ManyWordsRequest) -> Result<ManyWordsResponse, Error> {
        Ok(ManyWordsResponse {
            greeting_of_the_preferred_customer: request.preferred_customer_greeting,
            signature_that_was_accepted_before: request.previously_accepted_signature,
            remarkable_consequences: request.remarkable_consequences,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyword_is_a_raw_identifier() {
        let request = Keywords {
            r#type: "url".to_owned(),
            ..Keywords::default()
        };
        let result = Service.r#type(&Cx::background(), request);
        assert_eq!(result.expect_err("bad").code(), Some(HttpErrorCode::BadUrl));
    }
}
