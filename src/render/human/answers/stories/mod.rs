//! Stories, each with what the perspectives have of it; and those that one perspective has nothing of.

mod sentences;

use super::entry::source;
use crate::insight::{Gap, GapList, Nearest, StoriesFound, Story, StoryList, StoryPerspective, StoryTitle};
use crate::query::{Entry, Named, Spelling};
use crate::render::StoriesAnswer;
use crate::render::human::blocks::{Asides, Block, Detail, Item, Level, Line, List, Role, Sense, Span, Target};
use crate::render::human::wording;
use crate::render::numbers::{counted_as, grouped, small};
use sentences::{badges, days, first_seen, is_part, nearest, perspective, silence, size, titles};

/// The sign before a matching title in a story with others.
const SIGN: &str = "› ";

/// Returns stories, or those that one perspective has nothing of, as blocks.
pub fn blocks(answer: &StoriesAnswer) -> Vec<Block<'_>> {
    let response = &answer.response;
    let spellings = spellings(&response.spellings);
    if response.total_entries == 0 {
        let total = Block::Only(Detail::Full, vec![Block::total(answer.total())]);
        return vec![spellings, Block::Nothing(response.suggestions.as_ref()), total];
    }
    let found = match &response.found {
        StoriesFound::Stories(list) => stories(answer, list),
        StoriesFound::Gaps(list) => gaps(answer, list),
    };
    [vec![spellings], found].into_iter().flatten().collect()
}

fn stories<'a>(answer: &StoriesAnswer, list: &'a StoryList) -> Vec<Block<'a>> {
    let stories = list.stories.iter().map(|story| {
        let seen = Block::Paragraph(Sense::Origin, Line::dim(first_seen(story)));
        let badges = badges(story).into_iter().map(|badge| Block::Paragraph(Sense::Body, badge.into()));
        Block::Group(of_story(story, [seen].into_iter().chain(badges), None))
    });
    let legend = list.stories.iter().any(is_part);
    let legend = legend.then_some(Block::Legend("›", "matching titles; the others belong to the same stories"));
    stories.chain(legend).chain([Block::total(answer.total())]).collect()
}

fn gaps<'a>(answer: &StoriesAnswer, list: &'a GapList) -> Vec<Block<'a>> {
    // Whoever reads on knows that what comes nearest is none.
    let is_none = list.gaps.is_empty();
    let none = is_none.then(|| {
        let brief = Block::Only(Detail::Brief, vec![Block::total(answer.total())]);
        Block::Group(vec![brief, Block::Only(Detail::Full, vec![Block::plain(answer.gaps_found(list))])])
    });
    let total = match is_none {
        true => Block::Only(Detail::Full, vec![Block::total(answer.gaps_tested(list))]),
        false => Block::total(answer.total()),
    };
    let gaps = list.gaps.iter().chain(&list.nearest).map(|gap| Block::Group(of_gap(gap)));
    none.into_iter().chain(gaps).chain([total]).collect()
}

/// A story that a perspective has nothing of: first what there is of it, at last how unlikely the absence is.
fn of_gap(gap: &Gap) -> Vec<Block<'_>> {
    let Gap { story, perspective, p, q, .. } = gap;
    let absent = Block::Paragraph(Sense::Badge, format!("no {} title in these words", perspective.name).into());
    let of = story.perspectives.iter().find(|of| of.perspective.as_ref() == Some(perspective));
    let nearest = of.and_then(|of| nearest(of, story)).map(|nearest| {
        let lead = format!("nearest title of {}:", perspective.name);
        [Block::Paragraph(Sense::Lead, lead.into()), nearest_title(nearest)]
    });
    let chance = Line::dim(format!("{}; p {}, q {}", silence(gap), small(*p), small(*q)));
    let chance = Block::Paragraph(Sense::Origin, chance);
    let blocks = of_story(story, std::iter::once(absent), Some(perspective));
    blocks.into_iter().chain(nearest.into_iter().flatten()).chain([chance]).collect()
}

fn spellings(spellings: &[Spelling]) -> Block<'_> {
    Block::sentences(wording::spellings(spellings))
}

/// Returns the stories of several perspectives, each with the titles of all.
pub fn several_sided(stories: &[Story]) -> impl Iterator<Item = Block<'_>> {
    stories.iter().map(|story| Block::Group(of_story(story, std::iter::empty(), None)))
}

/// Returns the titles that a perspective has of a story, headed by its days.
pub fn on_perspective<'a>(story: &'a Story, id: &str) -> Vec<Block<'a>> {
    let is_of = |of: &&StoryPerspective| of.perspective.as_ref().is_some_and(|perspective| perspective.id == id);
    let titles = story.perspectives.iter().find(is_of).map(|of| of_perspective(story, of));
    let head = Block::Heading(Level::Point, days(story).into());
    std::iter::once(head).chain(titles.into_iter().flatten()).collect()
}

/// A story with what is said of it, and what the perspectives have, but for one of which that is said already.
fn of_story<'a>(story: &'a Story, said: impl Iterator<Item = Block<'a>>, silent: Option<&Named>) -> Vec<Block<'a>> {
    let label = match story.titles.get(story.label) {
        Some(title) => Span::entry(&title.entry, &[]),
        None => Span::new(Role::Plain, story.id.as_str()),
    };
    let rest = Line::dotted([story.lang.as_str().into(), days(story).into(), size(story).into()]).set_back();
    let origin = Line::dotted([Span::id(&story.id).into(), rest]);
    let perspectives = story.perspectives.iter().filter(|of| silent.is_none() || of.perspective.as_ref() != silent);
    let head = [Block::Heading(Level::Part, label.into()), Block::Paragraph(Sense::Origin, origin)];
    let parts = Block::Parts(perspectives.map(|of| of_perspective(story, of)).collect());
    head.into_iter().chain(said).chain([parts]).collect()
}

fn of_perspective<'a>(story: &'a Story, of: &StoryPerspective) -> Vec<Block<'a>> {
    let (titles, others) = titles(story, of);
    let is_part = is_part(story);
    let item = |title: &&'a StoryTitle| {
        let copies = match title.copies.len() {
            0 => String::new(),
            n => format!("+{}", counted_as(n, "copy", "copies")),
        };
        Item { is_chosen: is_part && title.matches, ..of_title(&title.entry, copies) }
    };
    let more = (!others.is_empty()).then(|| format!("{} more", grouped(others.len())));
    let folded = others.iter().map(item).collect();
    let list = Block::List(List { more, folded, ..list(titles.iter().map(item).collect()) });
    let lead = Block::Paragraph(Sense::Lead, perspective(of, story).into());
    [lead, list].into_iter().chain(nearest(of, story).map(nearest_title)).collect()
}

/// The title of a perspective that may report a story in other words.
fn nearest_title(nearest: &Nearest) -> Block<'_> {
    Block::List(list(vec![of_title(&nearest.entry, String::new())]))
}

fn of_title(entry: &Entry, copies: String) -> Item<'_> {
    let id = Line::from(Span { target: Some(Target::Entry(&entry.id)), ..Span::new(Role::Id, entry.id.as_str()) });
    let aside = Line::dotted([source(entry), copies.into(), id.only(Detail::Full)]).set_back();
    Item { label: Span::new(Role::Day, entry.date.to_string()).into(), ..Item::new(Span::entry(entry, &[]), [aside]) }
}

fn list(items: Vec<Item<'_>>) -> List<'_> {
    List {
        items: items.into(),
        indent: 2,
        sign: Some(Span::new(Role::Mark, SIGN)),
        asides: Asides::Behind,
        ..List::default()
    }
}
