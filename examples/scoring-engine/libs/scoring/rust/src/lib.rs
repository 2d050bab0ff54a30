//! The engine behind `scoring.v1.Scoring`: a logistic model, and a ranking that asks Go what it knows of each candidate.

mod generated;

pub use generated::*;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

use generated::ScoringError as Error;
use generated::ScoringErrorCode as Code;
use grout::Cx;

/// Threads that ask the source at once.
const ASKING: usize = 4;

#[derive(Debug, Default)]
pub struct Service;

impl Scoring for Service {
    type Model = Logistic;

    fn load(&self, _cx: &Cx, request: LoadRequest) -> Result<Logistic, Error> {
        let LoadRequest { bias, weights } = request;
        let named = weights
            .iter()
            .map(|(name, weight)| (name.as_str(), *weight));
        for (feature, weight) in named.chain([("bias", bias)]) {
            if !weight.is_finite() {
                let error = Code::BadWeight.error(format!("{feature} weighs {weight}"));
                return Err(error.with("feature", feature));
            }
        }
        Ok(Logistic { bias, weights })
    }
}

/// A logistic regression.
#[derive(Debug)]
pub struct Logistic {
    bias: f64,
    weights: BTreeMap<String, f64>,
}

impl Logistic {
    fn score_of(&self, features: &BTreeMap<String, f64>) -> f64 {
        let sum = features
            .iter()
            .filter_map(|(name, value)| Some(self.weights.get(name)? * value))
            .sum::<f64>();
        1.0 / (1.0 + (-(self.bias + sum)).exp())
    }

    /// Scores a part of the candidates; the first error ends it.
    fn rank_part(
        &self,
        cx: &Cx,
        candidates: &[String],
        source: &dyn FeatureSource,
    ) -> Result<Vec<Ranked>, Error> {
        let rank = |candidate: &String| {
            cx.check()?;
            let request = FeaturesRequest {
                candidate: candidate.clone(),
            };
            let features = source.features(cx, request)?.features;
            Ok(Ranked {
                candidate: candidate.clone(),
                score: self.score_of(&features),
            })
        };
        candidates.iter().map(rank).collect()
    }
}

impl Model for Logistic {
    fn rank(
        &self,
        cx: &Cx,
        request: RankRequest,
        source: Arc<dyn FeatureSource>,
    ) -> Result<RankResponse, Error> {
        let size = request.candidates.len().div_ceil(ASKING).max(1);
        let mut ranked = thread::scope(|scope| {
            let parts: Vec<_> = request
                .candidates
                .chunks(size)
                .map(|part| scope.spawn(|| self.rank_part(cx, part, source.as_ref())))
                .collect();
            let mut ranked = Vec::with_capacity(request.candidates.len());
            for part in parts {
                // A panic in a part is one of this call.
                ranked.extend(
                    part.join()
                        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))?,
                );
            }
            Ok::<_, Error>(ranked)
        })?;
        ranked.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| a.candidate.cmp(&b.candidate))
        });
        if request.best > 0 {
            ranked.truncate(request.best as usize);
        }
        Ok(RankResponse { ranked })
    }

    fn score(&self, _cx: &Cx, request: ScoreRequest) -> Result<ScoreResponse, grout::Error> {
        let score = self.score_of(&request.features);
        Ok(ScoreResponse { score })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Knows the candidates `a` to `c`.
    struct Letters;

    impl FeatureSource for Letters {
        fn features(&self, _cx: &Cx, request: FeaturesRequest) -> Result<FeaturesResponse, Error> {
            let value = match request.candidate.as_str() {
                "a" => 1.0,
                "b" => 3.0,
                "c" => 2.0,
                other => {
                    return Err(Code::UnknownCandidate
                        .error("not a letter")
                        .with("candidate", other));
                }
            };
            Ok(FeaturesResponse {
                features: BTreeMap::from([("height".to_owned(), value)]),
            })
        }
    }

    fn model() -> Logistic {
        let request = LoadRequest {
            bias: -2.0,
            weights: BTreeMap::from([("height".to_owned(), 1.0)]),
        };
        Service
            .load(&Cx::background(), request)
            .expect("the weights are numbers")
    }

    fn rank(candidates: &[&str], best: u32) -> Result<Vec<String>, Error> {
        let candidates = candidates.iter().map(ToString::to_string).collect();
        let response = model().rank(
            &Cx::background(),
            RankRequest { candidates, best },
            Arc::new(Letters),
        )?;
        Ok(response
            .ranked
            .into_iter()
            .map(|ranked| ranked.candidate)
            .collect())
    }

    #[test]
    fn the_best_come_first() {
        assert_eq!(
            rank(&["a", "b", "c"], 0).expect("all are known"),
            ["b", "c", "a"]
        );
        assert_eq!(rank(&["a", "b", "c"], 1).expect("all are known"), ["b"]);
        assert_eq!(rank(&[], 3).expect("there is none"), [""; 0]);
    }

    #[test]
    fn the_score_of_nothing_known_is_that_of_the_bias() {
        let score = model().score_of(&BTreeMap::from([("width".to_owned(), 9.0)]));
        assert!((score - 1.0 / (1.0 + 2.0_f64.exp())).abs() < 1e-12);
    }

    #[test]
    fn an_unknown_candidate_ends_the_ranking() {
        let error = rank(&["a", "?"], 0).expect_err("the source does not know it");
        assert_eq!(error.code(), Some(Code::UnknownCandidate));
    }

    #[test]
    fn a_weight_must_be_a_number() {
        let weights = BTreeMap::from([("height".to_owned(), f64::NAN)]);
        let error = Service
            .load(&Cx::background(), LoadRequest { bias: 0.0, weights })
            .expect_err("NaN is none");
        assert_eq!(error.code(), Some(Code::BadWeight));
    }
}
