//! What a component is. One table: adding a kind is one row here.

use serde::{Deserialize, Serialize};

use crate::lang::t;

/// Whether a component is ours to build on a framework, or something it uses or is used by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KindGroup {
    /// Code of ours: carries a framework, is estimated.
    Service,
    /// Data stores and messaging.
    Data,
    /// People and systems outside.
    Outside,
}

impl KindGroup {
    /// Every group, in the order of the palette.
    pub const ALL: [Self; 3] = [Self::Service, Self::Data, Self::Outside];

    /// The caption over the group.
    pub fn label(self) -> &'static str {
        match self {
            Self::Service => t("Services"),
            Self::Data => t("Data and messaging"),
            Self::Outside => t("People and outside"),
        }
    }
}

macro_rules! kinds {
    ($($variant:ident $slug:literal $label:literal $group:ident $help:literal;)*) => {
        /// The kind of a component (see the words in the README).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum ComponentKind {
            $(#[doc = $help] #[serde(rename = $slug)] $variant,)*
        }

        impl ComponentKind {
            /// Every kind, in the order of the palette.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// How the kind is written in a file.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug,)* }
            }

            /// How the kind is written for people.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => t($label),)* }
            }

            /// One line on what the kind is for.
            pub fn help(self) -> &'static str {
                match self { $(Self::$variant => t($help),)* }
            }

            /// The group of the palette the kind is in.
            pub fn group(self) -> KindGroup {
                match self { $(Self::$variant => KindGroup::$group,)* }
            }
        }
    };
}

kinds! {
    WebApplication "web_application" "Web application" Service "Pages for people, rendered on the server";
    RestApi "rest_api" "REST API" Service "Endpoints for other programs and for mobile apps";
    BackOffice "back_office" "Back office" Service "Where staff look things up and correct them";
    Worker "worker" "Background worker" Service "Jobs outside of requests: reports, mail, imports";
    RealtimeGateway "realtime_gateway" "Real-time gateway" Service "Pushes changes to live clients";
    Ingestion "ingestion" "Ingestion service" Service "Takes in telemetry and events at a steady rate";
    MlInference "ml_inference" "ML inference service" Service "Answers with a model's prediction";
    ApiGateway "api_gateway" "API gateway" Service "One door in front of several services";
    Notification "notification" "Notification service" Service "Mail, SMS and push to people";
    DomainService "domain_service" "Domain service" Service "A business capability with its own data";
    Reporting "reporting" "Reporting service" Service "Figures and documents from the data of others";
    RelationalDatabase "relational_database" "Relational database" Data "Tables, keys, transactions";
    TimeSeriesDatabase "time_series_database" "Time-series database" Data "Readings by time, kept and summed up";
    Redis "redis" "Redis" Data "Cache, pub/sub, short-lived state";
    MessageQueue "message_queue" "Message queue" Data "Work handed over, done later";
    ObjectStorage "object_storage" "Object storage" Data "Files and documents";
    SearchEngine "search_engine" "Search engine" Data "Full-text search over the data";
    ExternalApi "external_api" "External API" Outside "Somebody else's service, called over the network";
    IdentityProvider "identity_provider" "Identity provider" Outside "Knows who people are: LDAP, SAML, OpenID";
    Client "client" "Browser or mobile client" Outside "What people use";
    DeviceFleet "device_fleet" "Device fleet" Outside "Sensors and machines that report by themselves";
}

impl ComponentKind {
    /// Whether the component is ours to build: it carries a framework and is estimated.
    pub fn is_service(self) -> bool {
        self.group() == KindGroup::Service
    }

    /// Whether it is a resource that a first release can often do without, with the work of connecting it (assumption): somebody
    /// else's service, sign-on, search, files. Stores of data and queues are what services stand on.
    pub fn can_wait(self) -> bool {
        matches!(self, Self::ExternalApi | Self::IdentityProvider | Self::SearchEngine | Self::ObjectStorage)
    }

    /// The kind written as `slug` in a file.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.slug() == slug)
    }
}
