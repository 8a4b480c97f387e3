//! Method calls and the closures that are handed to them.

use syn::Expr;

use crate::adapters::parse::context::Context;
use crate::adapters::parse::values::Seen;
use crate::domain::source::deeds::RegionForm;
use crate::domain::source::light::{AccessForm, Value};
use crate::domain::source::span::Span;

/// Which parameters of a closure get what is inside the receiver of a method.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Handed {
    /// None.
    Nothing,
    /// The only one.
    Only,
    /// Both of two.
    Both,
    /// The second, after what was made so far.
    Second,
}

impl Handed {
    /// What methods of iterators, options, results and collections do.
    fn by(method: &str) -> Self {
        match method {
            "all"
            | "and_then"
            | "any"
            | "filter"
            | "filter_map"
            | "find"
            | "find_map"
            | "flat_map"
            | "for_each"
            | "inspect"
            | "is_none_or"
            | "is_ok_and"
            | "is_some_and"
            | "map"
            | "map_or"
            | "map_while"
            | "max_by_key"
            | "min_by_key"
            | "partition"
            | "position"
            | "retain"
            | "retain_mut"
            | "rposition"
            | "skip_while"
            | "sort_by_cached_key"
            | "sort_by_key"
            | "sort_unstable_by_key"
            | "take_while"
            | "try_for_each" => Self::Only,
            "sort_by" | "sort_unstable_by" | "max_by" | "min_by" | "dedup_by" | "reduce" => Self::Both,
            "fold" | "try_fold" | "scan" => Self::Second,
            _ => Self::Nothing,
        }
    }

    /// Whether it is the parameter at a place, of so many.
    fn is(self, at: usize, count: usize) -> bool {
        match self {
            Self::Nothing => false,
            Self::Only => count == 1,
            Self::Both => count == 2,
            Self::Second => count == 2 && at == 1,
        }
    }
}

/// Whether what a closure gives says what the method gives.
fn is_mapping(method: &str) -> bool {
    matches!(
        method,
        "and_then" | "filter_map" | "find_map" | "flat_map" | "map" | "map_or" | "map_or_else" | "map_while"
    )
}

impl Context<'_> {
    /// `value.name(…)`.
    pub fn method_call(&mut self, call: &syn::ExprMethodCall) -> Seen {
        let receiver = self.value(&call.receiver);
        let name = self.method_act(call);
        let word = self.word(name.0);
        let (handed, maps) = match call.args.is_empty() {
            true => (Handed::Nothing, false),
            false => (Handed::by(word), is_mapping(word)),
        };
        if self.vocabulary.deciding_methods.iter().any(|known| known == word) {
            self.decisions += 1;
        }
        if let Some(turbofish) = &call.turbofish {
            self.generic_arguments(turbofish, 0);
        }
        let (base, given) = self.accessed_of(receiver, name, AccessForm::Method);
        if let Some(Expr::Closure(last)) = call.args.last()
            && !matches!(&*last.body, Expr::Block(_))
        {
            // A body without braces ends with the call.
            let start = self.end_of(last.inputs_end.span);
            let end = self.start_of(call.paren_token.span.close());
            self.region_at(Span::new(start, end), RegionForm::Closure);
        }
        // What the last argument gives when it is called.
        let mut answer = Seen::Nothing;
        for argument in &call.args {
            answer = match argument {
                Expr::Closure(closure) if closure.attrs.is_empty() => {
                    let count = closure.inputs.len();
                    let inside = base.map_or(Seen::Nothing, |base| Seen::New(Value::Element(base)));
                    let inside = if handed == Handed::Nothing { Seen::Nothing } else { inside };
                    self.closure(closure, |at| if handed.is(at, count) { inside } else { Seen::Nothing })
                }
                _ => match self.value(argument) {
                    Seen::Path(function) => Seen::New(Value::Called(function)),
                    _ => Seen::Nothing,
                },
            };
        }
        // It says what the method gives, unless that is one of the workspace.
        match given {
            Seen::Kept(given) if maps => match self.store_seen(answer) {
                Some(answer) => Seen::New(Value::Mapped(given, answer)),
                None => Seen::Kept(given),
            },
            _ => given,
        }
    }

    /// A closure; `given` is what each of its parameters gets. Returns what it gives.
    pub fn closure(&mut self, closure: &syn::ExprClosure, given: impl Fn(usize) -> Seen) -> Seen {
        if let Expr::Block(block) = &*closure.body {
            self.region(&block.block.brace_token, RegionForm::Closure);
        }
        let mut answer = Seen::Nothing;
        self.local(|this| {
            for (at, input) in closure.inputs.iter().enumerate() {
                this.bind_seen(input, given(at));
            }
            let declared = this.return_shape(&closure.output);
            answer = this.value(&closure.body);
            if let Some(declared) = declared {
                answer = Seen::New(Value::Declared(this.store_shape(declared)));
            }
        });
        if closure.asyncness.is_some() { Seen::Nothing } else { answer }
    }
}
