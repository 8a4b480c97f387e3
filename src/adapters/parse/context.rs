//! The state of one walk over a syntax tree: where we are, which names are local, what was found.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::adapters::parse::locals::Bindings;
use crate::adapters::parse::tape::{Bodies, Tape};
use crate::adapters::parse::words::number;
use crate::domain::source::facts::{
    Certainty, Cfg, CfgIx, FileFacts, ItemIx, Namespace, Part, Path, RefIx, RefPosition, Reference, Scope,
    ScopeForm, ScopeIx, TestOnly, Words,
};
use crate::domain::source::light::Shape;
use crate::domain::source::span::{LineTable, Span};
use crate::domain::source::symbols::Sym;
use crate::domain::source::vocabulary::Vocabulary;

/// The identifier that stands for `$crate` in expanded code.
pub const DOLLAR_CRATE: &str = "__archlint_dollar_crate";

/// Whether a byte can be part of a name.
static OF_NAME: [bool; 256] = {
    let (mut table, mut at) = ([false; 256], 0);
    while at < 256 {
        let byte = at as u8;
        table[at] = byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
        at += 1;
    }
    table
};

/// Collects the facts of one file.
pub struct Context<'t> {
    /// The whole text of the file.
    pub text: &'t str,
    /// What is looked for.
    pub vocabulary: &'t Vocabulary,
    /// Where the piece being walked starts in the text; spans of syn count from there.
    pub base: u32,
    measure: Measure,
    /// The place of everything, where a macro made what is walked: its text is no file's.
    fixed: Option<Span>,
    /// What of its text is not read.
    skipped: &'t [Span],
    /// The tokens of the file, where bodies are to be read off them.
    pub tape: Option<Tape<'t>>,
    /// Whether they are left out of the trees.
    pub bodies: Bodies,
    /// Whether there is something whose bodies may not be left out.
    pub is_broken: bool,
    /// Starts of all identifier and literal tokens of the file, sorted.
    pub leaves: &'t [u32],
    /// What was found so far.
    pub facts: FileFacts,
    /// The innermost scope.
    pub scope: ScopeIx,
    /// The innermost item.
    pub owner: Option<ItemIx>,
    /// The condition around us.
    pub cfg: CfgIx,
    /// Where paths stand now.
    pub position: RefPosition,
    /// Local variables.
    pub locals: Bindings,
    /// Names in patterns that are constants if there are such, else local variables.
    pub perhaps_locals: Bindings,
    /// Names that this file imports, or declares for constants: in patterns they may mean those.
    pub imported: Bindings,
    /// Generic parameters.
    pub generics: Bindings,
    /// Decision points of the function around us.
    pub decisions: u32,
    /// Those of them that only map what a call gave.
    pub mapped: u32,
    /// Text that no size counts: attributes, imports.
    pub unsized_spans: Vec<Span>,
    /// The path whose reference is asked for, by address, and the answer.
    pub watched: Option<(*const syn::Path, Option<RefIx>)>,
    /// First and last segment of the path that was walked last.
    pub path_ends: (Sym, Sym),
    /// The first type argument of its last segment.
    pub argument: Option<Shape>,
    /// What its last segment says that it gives: `Item = T`, `-> T`.
    pub gives: Option<Shape>,
    /// Whether we are in arguments that a macro may make something else of.
    pub unsure: bool,
    /// How deep we are in macro arguments that were parsed again.
    pub macro_depth: u32,
    words: Vec<&'t str>,
    /// Words that are numbers, see [`number`], and those too long for that.
    short: FxHashMap<u128, Sym>,
    long: FxHashMap<&'t str, Sym>,
    /// Long words that do not stand in the text.
    made: FxHashMap<String, Sym>,
    made_at: Vec<(usize, String)>,
}

/// What spans of syn count.
enum Measure {
    /// Bytes of the whole text.
    Bytes,
    /// Lines and columns of the whole text.
    Lines,
    /// Lines and columns of the piece being walked.
    Piece(LineTable),
}

impl<'t> Context<'t> {
    /// A walk over `text` that has found nothing yet.
    pub fn new(path: &str, text: &'t str, leaves: &'t [u32], vocabulary: &'t Vocabulary) -> Self {
        let facts = FileFacts {
            path: path.to_owned(),
            lines: LineTable::with_breaks(text, memchr::memchr_iter(b'\n', text.as_bytes())),
            scopes: vec![Scope { parent: None, form: ScopeForm::File, item: None }],
            cfgs: vec![Cfg { text: String::new(), test: TestOnly::No }],
            ..FileFacts::default()
        };
        Self {
            text,
            vocabulary,
            base: 0,
            measure: Measure::Lines,
            fixed: None,
            skipped: &[],
            tape: None,
            bodies: Bodies::Made,
            is_broken: false,
            leaves,
            facts,
            scope: ScopeIx(0),
            owner: None,
            cfg: CfgIx(0),
            position: RefPosition::Body,
            locals: Bindings::default(),
            perhaps_locals: Bindings::default(),
            imported: Bindings::default(),
            generics: Bindings::default(),
            decisions: 0,
            mapped: 0,
            unsized_spans: Vec::new(),
            watched: None,
            path_ends: (Sym::default(), Sym::default()),
            argument: None,
            gives: None,
            unsure: false,
            macro_depth: 0,
            words: Vec::new(),
            // Every sixth word or so is a new one.
            short: FxHashMap::with_capacity_and_hasher((leaves.len() / 6).min(1024), FxBuildHasher),
            long: FxHashMap::default(),
            made: FxHashMap::default(),
            made_at: Vec::new(),
        }
    }

    /// The tokens of the text, and the place among them of the one that stands here, where bodies and
    /// what macros are given are to be read off them.
    pub fn read_at(&self, span: proc_macro2::Span) -> Option<(&Tape<'t>, usize)> {
        let tape = self.tape.as_ref().filter(|_| self.bodies == Bodies::Left)?;
        Some((tape, tape.place(self.offset(span.start()))?))
    }

    /// A walk over what a macro call at `site` became, which is this text.
    pub fn for_expansion(path: &str, site: Span, text: &'t str, vocabulary: &'t Vocabulary) -> Self {
        let mut context = Self::new(path, text, &[], vocabulary);
        context.facts.lines = LineTable::new("");
        Self { fixed: Some(site), macro_depth: 1, measure: Measure::Bytes, bodies: Bodies::Left, ..context }
    }

    /// Reads only what the macro itself brings: its arguments, these parts of the text, are read where they
    /// stand. A macro of a function may name the variables of that function, which are not known here.
    pub fn read_only_brought(&mut self, given: &'t [Span]) {
        self.skipped = given;
        self.unsure = true;
    }

    /// Whether a word was read already: it is of the arguments of the call that is expanded.
    pub fn is_read(&self, word: &proc_macro2::Ident) -> bool {
        if self.skipped.is_empty() {
            return false;
        }
        let at = self.offset(word.span().start());
        let before = self.skipped.partition_point(|part| part.start <= at);
        before > 0 && at < self.skipped[before - 1].end
    }

    /// The text between the brackets of a call, as it stands in what is walked.
    pub fn text_within(&self, delimiter: &syn::MacroDelimiter) -> &'t str {
        let (open, close) = ends_of(delimiter);
        let (start, end) = (self.offset(open.end()), self.offset(close.start()));
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Whether the text is that of the file.
    pub fn is_written(&self) -> bool {
        self.fixed.is_none()
    }

    /// Starts on the piece of text at `base`.
    pub fn enter_piece(&mut self, base: u32, piece: &str) {
        self.base = base;
        self.measure = match piece.len() == self.text.len() {
            true => Measure::Lines,
            false => Measure::Piece(LineTable::new(piece)),
        };
    }

    /// Starts on the whole text, as we cut it into tokens.
    pub fn enter_tokens(&mut self) {
        self.measure = Measure::Bytes;
    }

    /// Whether the spans of syn count bytes.
    pub fn is_measured_in_bytes(&self) -> bool {
        matches!(self.measure, Measure::Bytes)
    }

    /// All that was found.
    pub fn finish(mut self) -> FileFacts {
        let mut made = self.made_at.iter().peekable();
        let words = self.words.iter().enumerate().map(|(at, word)| match made.peek() {
            Some((index, text)) if *index == at => {
                made.next();
                text.as_str()
            }
            _ => *word,
        });
        self.facts.words = Words::new(words);
        let facts = &mut self.facts;
        exact(&mut facts.scopes);
        exact(&mut facts.items);
        exact(&mut facts.fields);
        exact(&mut facts.imports);
        exact(&mut facts.references);
        exact(&mut facts.segments);
        exact(&mut facts.deeds.acts);
        exact(&mut facts.deeds.regions);
        exact(&mut facts.light.types);
        exact(&mut facts.light.values);
        exact(&mut facts.light.accesses);
        self.facts
    }

    /// The symbol of a piece of this file's text.
    pub fn intern(&mut self, word: &'t str) -> Sym {
        self.intern_as(number(word.as_bytes(), 0, word.len()), word)
    }

    fn intern_as(&mut self, number: Option<u128>, word: &'t str) -> Sym {
        let next = Sym(self.words.len() as u32);
        let sym = match number {
            Some(number) => *self.short.entry(number).or_insert(next),
            None => match self.made.get(word) {
                Some(made) => *made,
                None => *self.long.entry(word).or_insert(next),
            },
        };
        if sym == next {
            self.words.push(word);
        }
        sym
    }

    /// The symbol of a word that does not stand in the text as such.
    pub fn intern_made(&mut self, word: &str) -> Sym {
        let number = number(word.as_bytes(), 0, word.len());
        let known = match number {
            Some(number) => self.short.get(&number),
            None => self.long.get(word).or_else(|| self.made.get(word)),
        };
        if let Some(sym) = known {
            return *sym;
        }
        let sym = Sym(self.words.len() as u32);
        self.made_at.push((self.words.len(), word.to_owned()));
        match number {
            Some(number) => self.short.insert(number, sym),
            None => self.made.insert(word.to_owned(), sym),
        };
        self.words.push("");
        sym
    }

    /// The word behind a symbol.
    pub fn word(&self, sym: Sym) -> &str {
        let at = sym.0 as usize;
        match self.made_at.binary_search_by_key(&at, |(index, _)| *index) {
            Ok(found) => &self.made_at[found].1,
            Err(_) => self.words[at],
        }
    }

    /// Byte offset of the start of a token.
    pub fn start_of(&self, span: proc_macro2::Span) -> u32 {
        match self.fixed {
            Some(site) => site.start,
            None => self.offset(span.start()),
        }
    }

    /// Byte offset in the text that is walked: of what a macro made no place in the file.
    pub fn offset(&self, at: proc_macro2::LineColumn) -> u32 {
        let lines = match &self.measure {
            Measure::Bytes => return at.column as u32,
            Measure::Lines => &self.facts.lines,
            Measure::Piece(lines) => lines,
        };
        self.base + lines.offset(at.line as u32, at.column as u32)
    }

    /// Byte offset of the end of a token.
    pub fn end_of(&self, span: proc_macro2::Span) -> u32 {
        match self.fixed {
            Some(site) => site.end,
            None => self.offset(span.end()),
        }
    }

    /// Bytes of a token.
    pub fn span_of(&self, span: proc_macro2::Span) -> Span {
        Span::new(self.start_of(span), self.end_of(span))
    }

    /// Name and bytes of an identifier; `r#` is no part of the name.
    pub fn ident(&mut self, ident: &proc_macro2::Ident) -> (Sym, Span) {
        let start = self.offset(ident.span().start());
        let found = match self.fixed {
            None => self.ident_at(start),
            // Names of attributes that were read once more stand elsewhere.
            Some(site) => {
                match self.name_at(start).and_then(|(first, length)| self.text.get(first..first + length)) {
                    Some(word) if ident == word && word != DOLLAR_CRATE => Some((self.intern(word), site)),
                    _ => None,
                }
            }
        };
        if let Some(found) = found {
            return found;
        }
        let text = ident.to_string();
        let word = if text == DOLLAR_CRATE { "$crate" } else { text.strip_prefix("r#").unwrap_or(&text) };
        (self.intern_made(word), self.fixed.unwrap_or(Span::new(start, start)))
    }

    /// Name and bytes of the identifier that starts at this offset.
    pub fn ident_at(&mut self, start: u32) -> Option<(Sym, Span)> {
        let (first, length) = self.name_at(start)?;
        let word = self.text.get(first..first + length)?;
        let sym = self.intern_as(number(self.text.as_bytes(), first, length), word);
        Some((sym, Span::new(start, (first + length) as u32)))
    }

    /// First byte and length of the name that starts here in the text; `r#` is no part of it.
    fn name_at(&self, start: u32) -> Option<(usize, usize)> {
        let rest = self.text.as_bytes().get(start as usize..)?;
        let raw = if rest.starts_with(b"r#") { 2 } else { 0 };
        let ends = rest[raw..].iter().position(|byte| !OF_NAME[*byte as usize]);
        let length = ends.unwrap_or(rest.len() - raw);
        (length > 0).then_some((start as usize + raw, length))
    }

    /// Adds names of generic parameters.
    pub fn name_generics(&mut self, names: &[String]) {
        for name in names {
            let name = self.intern_made(name);
            self.generics.push(name);
        }
    }

    /// Number of identifier and literal tokens of a span, less those that no size counts, as marked
    /// since `mark` in [`Context::unsized_spans`].
    pub fn size(&self, span: Span, mark: usize) -> u32 {
        let count = |span: Span| {
            let first = self.leaves.partition_point(|at| *at < span.start);
            let last = self.leaves.partition_point(|at| *at < span.end);
            (last.max(first) - first) as u32
        };
        let less: u32 = self.unsized_spans[mark..]
            .iter()
            .filter(|inner| span.contains(**inner))
            .map(|inner| count(*inner))
            .sum();
        count(span).saturating_sub(less)
    }

    /// Opens a scope inside the current one.
    pub fn open_scope(&mut self, form: ScopeForm, item: Option<ItemIx>) -> ScopeIx {
        let scope = ScopeIx(self.facts.scopes.len() as u32);
        self.facts.scopes.push(Scope { parent: Some(self.scope), form, item });
        scope
    }

    /// Stores segments, returns the path they make.
    pub fn store_path(&mut self, segments: &[Sym], global: bool) -> Path {
        let first = self.facts.segments.len() as u32;
        self.facts.segments.extend_from_slice(segments);
        Path { first, count: segments.len() as u16, global }
    }

    /// Records a reference made here.
    pub fn refer(&mut self, path: Path, span: Span, namespace: Namespace, certainty: Certainty) -> RefIx {
        let index = RefIx(self.facts.references.len() as u32);
        self.facts.references.push(Reference {
            path,
            span,
            scope: self.scope,
            owner: self.owner,
            cfg: self.cfg,
            namespace,
            position: self.position,
            certainty: if self.unsure { Certainty::Perhaps } else { certainty },
            part: Part::Named,
        });
        index
    }

    /// Runs `walk` with paths standing at `position`.
    pub fn at(&mut self, position: RefPosition, walk: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.position, position);
        walk(self);
        self.position = before;
    }

    /// Runs `walk` so that local variables bound by it are forgotten afterwards.
    pub fn local(&mut self, walk: impl FnOnce(&mut Self)) {
        let (mark, perhaps) = (self.locals.mark(), self.perhaps_locals.mark());
        walk(self);
        self.locals.reset(mark);
        self.perhaps_locals.reset(perhaps);
    }

    /// The condition `text` inside the current one.
    pub fn join_cfg(&mut self, text: &str, test: TestOnly) -> CfgIx {
        let around = &self.facts.cfgs[self.cfg.0 as usize];
        let test = if around.test == TestOnly::No { test } else { around.test };
        let joined = match (around.text.as_str(), text) {
            ("", text) => text.to_owned(),
            (around, text) if text.is_empty() || around == text => around.to_owned(),
            (around, text) => format!("{around}, {text}"),
        };
        let cfg = Cfg { text: joined, test };
        let known = self.facts.cfgs.iter().position(|other| *other == cfg);
        let index = known.unwrap_or_else(|| {
            self.facts.cfgs.push(cfg);
            self.facts.cfgs.len() - 1
        });
        CfgIx(index as u32)
    }
}

/// The brackets of a call.
pub fn ends_of(delimiter: &syn::MacroDelimiter) -> (proc_macro2::Span, proc_macro2::Span) {
    let span = match delimiter {
        syn::MacroDelimiter::Paren(token) => &token.span,
        syn::MacroDelimiter::Brace(token) => &token.span,
        syn::MacroDelimiter::Bracket(token) => &token.span,
    };
    (span.open(), span.close())
}

/// Gives back what a vector has grown beyond its need: facts of all files live side by side.
fn exact<T: Copy>(list: &mut Vec<T>) {
    if list.capacity() > list.len() + list.len() / 8 {
        *list = list.as_slice().to_vec();
    }
}
