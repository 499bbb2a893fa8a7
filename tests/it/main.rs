//! The whole program, run as people and scripts run it.

#![allow(clippy::unwrap_used)]

mod bad_index;
mod bad_input;
mod batch;
mod cases;
mod check;
mod circles;
mod cli_reference;
mod compare;
mod contract;
mod count;
mod damage;
mod env;
mod golden;
mod hostile;
mod http;
mod left_over;
mod lifecycle;
mod memory;
mod naive;
mod parity;
mod planted;
mod planted_null;
mod planted_stories;
mod query;
mod readme;
mod report;
mod report_file;
mod rooms;
mod sample;
mod scan;
mod schemas;
mod serve;
mod serve_answers;
mod serve_hostile;
mod serve_load;
mod serve_pages;
mod shell;
mod since_last;
mod stable;
mod stories;
mod terminal;
mod trend;
mod watch;
mod words;
