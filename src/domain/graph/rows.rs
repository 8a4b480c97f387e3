//! Links as rows, one for each site of an edge, and rows sorted into edges.

use rustc_hash::FxHashMap;

use crate::domain::at_once::{AtOnce, each};
use crate::domain::graph::{Edge, EdgeKind, FileId, NodeId, Place};
use crate::domain::resolve::link::{Link, LinkForm, Sink};
use crate::domain::resolve::names::{Def, ExternalIx, ItemNo};
use crate::domain::resolve::scopes::Scopes;
use crate::domain::resolve::sources::FileIx;
use crate::domain::resolve::tree::ModuleIx;
use crate::domain::source::facts::{CfgIx, RefPosition};
use crate::domain::source::symbols::Sym;

/// Marks a target that is the number of an outside path, not yet of its node.
const OUTSIDE: u32 = 1 << 31;

/// Rows that are worth sorting beside others; few where tests run, so that they see several pieces.
const PIECE: u32 = if cfg!(debug_assertions) { 10 } else { 1 << 15 };

/// The nodes of modules and items: they are there before any link is.
#[derive(Default)]
pub(super) struct Inner {
    pub(super) modules: Vec<NodeId>,
    pub(super) items: Vec<Option<NodeId>>,
}

impl Inner {
    fn module(&self, module: ModuleIx) -> NodeId {
        self.modules[module.0 as usize]
    }

    fn item(&self, item: ItemNo) -> Option<NodeId> {
        self.items[item.0 as usize]
    }
}

/// What links named first of what has no node or word yet, in the order they did.
pub(super) enum First {
    /// An outside path.
    External(ExternalIx),
    /// A condition of a file; rows name it by its place among the conditions here, and one more.
    Cfg(FileIx, CfgIx),
}

/// Takes links and keeps rows.
pub(super) struct Rows<'b> {
    inner: &'b Inner,
    rows: Vec<Row>,
    pub(super) firsts: Vec<First>,
    /// By outside path: whether it was named.
    named: Vec<bool>,
    cfgs: FxHashMap<(FileIx, CfgIx), u32>,
}

impl<'b> Rows<'b> {
    /// With room for the links of this many paths: few of them make none, or more than one.
    pub(super) fn new(inner: &'b Inner, paths: usize) -> Self {
        // What is not filled is never touched, and costs nothing; growing would copy it all.
        let rows = Vec::with_capacity(paths * 5 / 4);
        Self { inner, rows, firsts: Vec::new(), named: Vec::new(), cfgs: FxHashMap::default() }
    }

    /// The rows, with these nodes for outside paths and these words for conditions.
    pub(super) fn into_rows(mut self, externals: &[NodeId], cfgs: &[Sym]) -> Vec<Row> {
        for row in &mut self.rows {
            if row.to.0 & OUTSIDE != 0 {
                row.to = externals[(row.to.0 & !OUTSIDE) as usize];
            }
            if row.cfg > 0 {
                row.cfg = cfgs[row.cfg as usize - 1].0 + 1;
            }
        }
        self.rows
    }

    fn external(&mut self, external: ExternalIx) -> NodeId {
        let at = external.0 as usize;
        if at >= self.named.len() {
            self.named.resize(at + 1, false);
        }
        if !std::mem::replace(&mut self.named[at], true) {
            self.firsts.push(First::External(external));
        }
        NodeId(OUTSIDE | external.0)
    }

    fn cfg(&mut self, file: FileIx, cfg: CfgIx) -> u32 {
        let next = self.cfgs.len() as u32 + 1;
        let firsts = &mut self.firsts;
        *self.cfgs.entry((file, cfg)).or_insert_with(|| {
            firsts.push(First::Cfg(file, cfg));
            next
        })
    }
}

impl Sink for Rows<'_> {
    fn take(&mut self, scopes: &Scopes<'_>, link: &Link) {
        let own = self.inner.module(link.module);
        let from = link.owner.and_then(|owner| self.inner.item(owner)).unwrap_or(own);
        let to = match link.target {
            Def::Module(module) => Some(self.inner.module(module)),
            Def::Item(item) => self.inner.item(item),
            Def::External(external) => Some(self.external(external)),
        };
        let Some(to) = to.filter(|to| *to != from) else { return };
        let via = link.via.module().map(|via| self.inner.module(via)).filter(|via| *via != own);
        let place = Place { file: FileId(scopes.sources.written(link.file).0), span: link.span };
        let cfg = if link.cfg.0 > 0 { self.cfg(link.file, link.cfg) } else { 0 };
        self.rows.push(Row {
            from,
            to,
            kind: kind_of(link),
            test: link.test,
            cfg,
            via: via.map_or(0, |via| via.0 + 1),
            place,
        });
    }
}

/// The edges that the sites make, and the sites in their order.
pub(super) fn edges(rows: &[Vec<Row>], nodes: usize, at_once: AtOnce<'_>) -> (Vec<Edge>, Vec<Place>) {
    let count = rows.iter().map(Vec::len).sum();
    let mut edges: Vec<Edge> = Vec::with_capacity(count);
    let mut sites = Vec::with_capacity(count);
    let mut last: Option<Row> = None;
    for at in order(rows, nodes, at_once) {
        let row = *at.of(rows);
        match (last, edges.last_mut()) {
            (Some(before), _) if before == row => continue,
            (Some(before), Some(edge)) if before.edge() == row.edge() => edge.site_count += 1,
            _ => edges.push(Edge {
                from: row.from,
                to: row.to,
                kind: row.kind,
                test: row.test,
                via: row.via.checked_sub(1).map(NodeId),
                cfg: row.cfg.checked_sub(1).map(Sym),
                first_site: sites.len() as u32,
                site_count: 1,
            }),
        }
        sites.push(row.place);
        last = Some(row);
    }
    (edges, sites)
}

/// Where a row stands: in which list, and where there.
#[derive(Clone, Copy, Default)]
struct At {
    list: u32,
    row: u32,
}

impl At {
    fn of(self, rows: &[Vec<Row>]) -> &Row {
        &rows[self.list as usize][self.row as usize]
    }
}

/// The order of the sites: by node, which one pass finds, then the few of each node sorted.
fn order(rows: &[Vec<Row>], nodes: usize, at_once: AtOnce<'_>) -> Vec<At> {
    let mut ends = vec![0u32; nodes + 1];
    for row in rows.iter().flatten() {
        ends[row.from.0 as usize + 1] += 1;
    }
    for at in 0..nodes {
        ends[at + 1] += ends[at];
    }
    // From here on the start of each node moves to its end.
    let mut order = vec![At::default(); ends[nodes] as usize];
    for (list, own) in rows.iter().enumerate() {
        for (at, row) in own.iter().enumerate() {
            let place = &mut ends[row.from.0 as usize];
            order[*place as usize] = At { list: list as u32, row: at as u32 };
            *place += 1;
        }
    }
    ends.truncate(nodes);
    each(at_once, pieces(&mut order, &ends), |piece| {
        let mut start = piece.first;
        for end in piece.ends {
            let own = &mut piece.order[(start - piece.first) as usize..(*end - piece.first) as usize];
            own.sort_unstable_by(|a, b| a.of(rows).cmp(b.of(rows)));
            start = *end;
        }
    });
    order
}

/// A part of the order, of nodes next to each other.
struct Piece<'o> {
    order: &'o mut [At],
    /// Where each node ends in the whole order.
    ends: &'o [u32],
    /// Where the first starts.
    first: u32,
}

/// The order in pieces of some size.
fn pieces<'o>(mut order: &'o mut [At], mut ends: &'o [u32]) -> Vec<Piece<'o>> {
    let (mut pieces, mut first) = (Vec::new(), 0);
    while !ends.is_empty() {
        let until = (ends.partition_point(|end| *end < first + PIECE) + 1).min(ends.len());
        let (now, later) = ends.split_at(until);
        let last = now.last().copied().unwrap_or(first);
        let (own, rest) = order.split_at_mut((last - first) as usize);
        pieces.push(Piece { order: own, ends: now, first });
        (order, ends, first) = (rest, later, last);
    }
    pieces
}

/// One site of one edge, in the order that edges are sorted by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    from: NodeId,
    to: NodeId,
    kind: EdgeKind,
    test: bool,
    /// One more than the symbol; 0 for none.
    cfg: u32,
    /// One more than the node; 0 for none.
    via: u32,
    place: Place,
}

impl Row {
    const fn edge(&self) -> (u32, u32, u8, bool, u32, u32) {
        (self.from.0, self.to.0, self.kind as u8, self.test, self.cfg, self.via)
    }
}

fn kind_of(link: &Link) -> EdgeKind {
    match link.form {
        LinkForm::Use => EdgeKind::Use,
        LinkForm::ReExport => EdgeKind::ReExport,
        LinkForm::Method => EdgeKind::Method,
        LinkForm::Path(position) => match position {
            RefPosition::Signature => EdgeKind::Signature,
            RefPosition::ImplHeader => EdgeKind::Impl,
            RefPosition::Derive => EdgeKind::Derive,
            RefPosition::Attribute | RefPosition::AttributeArgument => EdgeKind::Attribute,
            RefPosition::MacroName => EdgeKind::Macro,
            RefPosition::MacroArgument | RefPosition::MacroBody | RefPosition::Body => EdgeKind::Body,
            RefPosition::DocLink => EdgeKind::DocLink,
            RefPosition::Doctest => EdgeKind::Doctest,
        },
    }
}
