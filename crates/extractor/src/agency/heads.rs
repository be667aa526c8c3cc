//! The phrases that head the names, nominals and titles of agencies.

use goldrule_schema::AgencyKind;

/// What sort of body a phrase heads. Two mentions of one place and one body are one agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Body {
    Police,
    SchoolPolice,
    Capitol,
    Sheriff,
    StatePolice,
    PublicSafety,
    StateBureau,
    AttorneyGeneral,
    Prosecutor,
    Corrections,
    Jail,
    City,
    County,
    State,
    Council,
    CountyBoard,
    Commission,
    PrisonBoard,
    Legislature,
    House,
    Senate,
    Sheriffs,
    Chiefs,
    Union,
    League,
    School,
    Other,
    Federal,
}

impl Body {
    pub(super) fn kind(self) -> AgencyKind {
        match self {
            Self::Police | Self::SchoolPolice | Self::Capitol | Self::PublicSafety => AgencyKind::Police,
            Self::Sheriff => AgencyKind::Sheriff,
            Self::StatePolice | Self::StateBureau => AgencyKind::StatePolice,
            Self::AttorneyGeneral | Self::Prosecutor => AgencyKind::Prosecutor,
            Self::Corrections | Self::Jail => AgencyKind::Corrections,
            Self::City
            | Self::County
            | Self::State
            | Self::Council
            | Self::CountyBoard
            | Self::Commission
            | Self::PrisonBoard
            | Self::Legislature
            | Self::House
            | Self::Senate => AgencyKind::Government,
            Self::Sheriffs | Self::Chiefs | Self::Union | Self::League => AgencyKind::Association,
            Self::School | Self::Other => AgencyKind::Other,
            Self::Federal => AgencyKind::Federal,
        }
    }

    /// Whether it belongs to a state as a whole.
    pub(super) fn is_statewide(self) -> bool {
        matches!(
            self,
            Self::StatePolice
                | Self::StateBureau
                | Self::AttorneyGeneral
                | Self::State
                | Self::Legislature
                | Self::House
                | Self::Senate
                | Self::Capitol
        )
    }

    /// Whether it belongs to a county unless its name says otherwise.
    pub(super) fn is_countywide(self) -> bool {
        matches!(
            self,
            Self::Sheriff
                | Self::Prosecutor
                | Self::Jail
                | Self::County
                | Self::CountyBoard
                | Self::PrisonBoard
        )
    }

    /// The last words of the official name.
    pub(super) fn official(self) -> &'static str {
        match self {
            Self::Police | Self::SchoolPolice => "Police Department",
            Self::Capitol => "Capitol Police",
            Self::Sheriff => "Sheriff's Office",
            Self::StatePolice => "State Police",
            Self::PublicSafety => "Department of Public Safety",
            Self::StateBureau => "Bureau of Investigation",
            Self::AttorneyGeneral => "Attorney General's Office",
            Self::Prosecutor => "District Attorney's Office",
            Self::Corrections => "Department of Corrections",
            Self::Jail => "Jail",
            Self::City => "City of",
            Self::County => "County",
            Self::State => "State of",
            Self::Council => "City Council",
            Self::CountyBoard => "Board",
            Self::Commission => "Commission",
            Self::PrisonBoard => "Prison Board",
            Self::Legislature => "Legislature",
            Self::House => "House of Representatives",
            Self::Senate => "Senate",
            Self::Sheriffs => "Sheriffs' Association",
            Self::Chiefs => "Association of Chiefs of Police",
            Self::Union => "Police Officers' Association",
            Self::League => "League of Cities",
            Self::School => "School District",
            Self::Other | Self::Federal => "Agency",
        }
    }
}

/// How a phrase may be a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// With a place a name, without one a nominal.
    Name,
    /// Only with a place a name.
    OnlyName,
    /// With a place the title of the head, without one a bare title.
    Title,
    /// Only ever a nominal.
    Nominal,
    /// A nominal only where it acts, since it is mostly a place: "city".
    Acting,
    /// Not an agency, though it holds words of one: "sheriff's sale", "police departments".
    Nothing,
}

const HEADS: &[(Body, Role, &str)] = &[
    (
        Body::Police,
        Role::Name,
        "police department|police dept.|police dept|police bureau|police division|department of police|\
         division of police|bureau of police|metropolitan police department|metropolitan police|metro police|\
         metro police department|police service|transit police|transit police department|\
         transportation police department|transit authority police|harbor police|port police|airport police|\
         housing authority police|port authority police|port authority police department|park police|parks police|tribal police|tribal police department|\
         public safety department|marshal 's office|town marshal 's office|police agency|municipal police|borough police|township police|\
         village police|town police|borough police department|township police department|village police department|\
         town police department|county police department|county police",
    ),
    (
        Body::Police,
        Role::OnlyName,
        "police|pd|p.d.|constabulary|harbor patrol|constable 's office|constables office|city marshal 's office|police services|\
         regional police department|regional police|\
         library police|public library police|\
         hospital police|hospital police department|medical center police|medical center police department|\
         park district police|park district police department|\
         water district police|water district police department|\
         hospital district police|hospital district police department|\
         public hospital district police|public hospital district police department|\
         library district police|library district police department|\
         transit district police|transit district police department",
    ),
    (
        Body::SchoolPolice,
        Role::Name,
        "campus police|campus police department|university police|university police department|school police|\
         school district police|school district police department|school police department",
    ),
    (Body::Police, Role::Nominal, "police force|force"),
    (Body::Capitol, Role::Name, "capitol police"),
    (
        Body::Sheriff,
        Role::Name,
        "sheriff 's office|sheriff 's office jail division|sheriff 's office jail|sheriff 's department|sheriff 's dept.|sheriff 's dept|sheriffs office|\
         sheriff office|sheriffs department|sheriff department|office of the sheriff|sheriff 's police|\
         sheriffs ' office|sheriffs ' department|sheriff 's agency",
    ),
    (Body::Sheriff, Role::Title, "sheriff"),
    (
        Body::Police,
        Role::Title,
        "police chief|chief of police|chief|police commissioner|police superintendent|public safety director",
    ),
    (Body::Sheriff, Role::OnlyName, "sheriff 's|so"),
    (
        Body::StatePolice,
        Role::Name,
        "state police|state patrol|highway patrol|state highway patrol|department of state police",
    ),
    (
        Body::PublicSafety,
        Role::Name,
        "department of public safety|dept. of public safety|division of public safety",
    ),
    (Body::PublicSafety, Role::OnlyName, "dps"),
    (
        Body::StateBureau,
        Role::OnlyName,
        "state bureau of investigation|bureau of investigation|department of law enforcement|law enforcement agency|\
         state law enforcement division|law enforcement division|bureau of criminal investigation|\
         bureau of criminal apprehension|division of criminal investigation",
    ),
    (
        Body::AttorneyGeneral,
        Role::Name,
        "attorney general 's office|ag 's office|a.g. 's office|office of the attorney general|office of attorney general|\
         department of attorney general",
    ),
    (Body::AttorneyGeneral, Role::Title, "attorney general|a.g.|ag"),
    (
        Body::Prosecutor,
        Role::Name,
        "criminal district attorney 's office|district attorney 's office|da 's office|d.a. 's office|state 's attorney 's office|\
         prosecuting attorney 's office|commonwealth 's attorney 's office|prosecutor 's office|\
         county attorney 's office|office of the district attorney|solicitor 's office|state attorney 's office|\
         office of the state 's attorney|county prosecutor 's office|state attorney 's office|\
         prosecuting attorney 's office",
    ),
    (
        Body::Prosecutor,
        Role::Title,
        "criminal district attorney|district attorney|county attorney|state 's attorney|prosecuting attorney|commonwealth 's attorney|\
         county prosecutor|prosecutor",
    ),
    (Body::Union, Role::Name, "police union|deputies ' union|police officers ' union|troopers ' union"),
    (Body::Jail, Role::Title, "jailer"),
    (
        Body::Jail,
        Role::OnlyName,
        "correctional facilities|corrections facilities|regional corrections|regional corrections facility|regional corrections facilities|regional corrections center|corrections facility|regional correctional facility|\
         regional correctional facilities|regional adult detention center|detention complex|regional detention center|\
         jail authority|regional jail authority",
    ),
    (
        Body::Corrections,
        Role::Name,
        "department of adult detention|department of detention|department of corrections|department of correction|department of prisons|department of jails|department of adult correction|department of adult corrections|\
         division of adult correction|detention department|department of community corrections|division of community corrections|corrections and rehabilitation department|department of rehabilitation and correction|department of correction and rehabilitation|department of public safety and corrections|department of public safety & corrections|\
         department of corrections and rehabilitation|department of criminal justice|corrections department|\
         correction department|division of corrections and rehabilitation|division of corrections|division of correction|department of public safety and correctional services|\
         office of corrections|department of detention|detention services department",
    ),
    (
        Body::Jail,
        Role::OnlyName,
        "jail|detention center|detention facility|holding center|correctional facility|correctional institution|house of detention|correctional center|correctional complex|\
         house of correction|house of corrections|prison|justice center jail|adult detention center|justice center|\
         corrections center|county jail|county prison|central jail|main jail|regional jail",
    ),
    (Body::Corrections, Role::OnlyName, "corrections"),
    (Body::Commission, Role::OnlyName, "commission"),
    (Body::PrisonBoard, Role::Name, "prison board|jail board|regional jail board"),
    (
        Body::City,
        Role::OnlyName,
        "city of|city and borough of|city & borough of|city and county of|city & county of|town of|village of|borough of|township of|municipality of",
    ),
    (Body::County, Role::OnlyName, "county of"),
    (Body::State, Role::OnlyName, "state of|commonwealth of"),
    (
        Body::City,
        Role::Title,
        "mayor|city manager|town manager|village president|first selectman|city administrator",
    ),
    (
        Body::City,
        Role::Name,
        "mayor 's office|office of the mayor|city hall|town hall|city manager 's office",
    ),
    (
        Body::County,
        Role::Name,
        "county government|county mayor 's office|county executive 's office|county manager 's office|county administrator 's office|\
         county judge 's office",
    ),
    (Body::State, Role::Title, "gov.|governor"),
    (Body::State, Role::Name, "governor 's office|office of the governor"),
    (Body::Council, Role::Nominal, "committee"),
    (
        Body::County,
        Role::Title,
        "county executive|county judge|county judge / executive|county judge - executive|county manager|county mayor|county administrator",
    ),
    (Body::City, Role::Acting, "city|town|village|borough|township"),
    (Body::County, Role::Acting, "county|parish"),
    (Body::State, Role::Acting, "state|commonwealth"),
    (Body::School, Role::Acting, "university"),
    (Body::City, Role::Acting, "tribe"),
    (
        Body::Council,
        Role::Name,
        "city council|town council|village council|borough council|common council|town board|village board|\
         township board|village board of trustees|board of aldermen|board of alders|board of selectmen|\
         select board|selectboard|township committee|township council|city commission|town commission|\
         council|board of trustees|city-county council|\
         township board of supervisors|township supervisors|borough assembly|tribal council|nation council|\
         board of alderpersons|board of alderpeople|township trustees|township board of trustees",
    ),
    (
        Body::CountyBoard,
        Role::Name,
        "board of supervisors|county board of supervisors|board of county commissioners|board of commissioners|\
         county board of commissioners|county commission|county board|commissioners court|\
         commissioners ' court|commissioner 's court|county commissioners court|county commissioner 's court|county council|fiscal court|county legislature|\
         board of chosen freeholders|board of freeholders|quorum court|police jury|\
         parish council|county commissioners ' court|commissioners’ court|board of county supervisors|\
         legislature of the county",
    ),
    (Body::CountyBoard, Role::OnlyName, "county commissioners|county supervisors|county freeholders"),
    (
        Body::Commission,
        Role::Name,
        "civilian oversight commission|oversight commission|civilian oversight board|police oversight board|\
         oversight board|citizen review board|citizens review board|community oversight board|\
         community police commission|human relations commission|planning board|planning commission|zoning board|police and fire commission|fire and police commission|\
         civil service commission|human rights commission|police commission|board of police commissioners|police board|public safety commission|\
         police oversight commission|police accountability board|civilian review board|public safety committee|executive committee|finance committee|budget committee|\
         finance board|board of finance|conservation commission|ethics commission|parks commission|board of health|\
         library board",
    ),
    (
        Body::Legislature,
        Role::Name,
        "legislature|general assembly|legislative assembly|state legislature|general court|statehouse",
    ),
    (
        Body::House,
        Role::Name,
        "house of representatives|state house of representatives|house of delegates|general assembly 's house|\
         state assembly|state house",
    ),
    (Body::House, Role::OnlyName, "house|assembly"),
    (Body::Senate, Role::Name, "state senate|senate"),
    (
        Body::School,
        Role::Name,
        "school district|community unit school district|consolidated school district|community school district|joint school district|county school district|city school district|public schools|area schools|city schools|county schools|unified school district|independent school district|board of education|\
         public school system|school system|school board|school committee|community college|community college district|school department",
    ),
    (
        Body::Other,
        Role::OnlyName,
        "national guard|department of motor vehicles|department of licensing|health department|department of health|\
         department of public health|department of transportation|department of human services|public defender 's office|\
         department of social services|department of education|housing authority|transit authority|port authority|\
         department of administration|office of the public defender|fire department|public library|\
         department of revenue|auditor 's office|clerk 's office|coroner 's office|assessor 's office|treasurer 's office|medical examiner 's office|department of labor|department of children and families|\
         civil rights department|criminal justice information services|department of technology services|\
         department of emergency management|department of law|probation department|adult probation department|\
         parks department|public works department|human services department|social services department|\
         health and human services department|licensing agency|motor vehicle agency|office of law|board of regents|board of governors|board of visitors|clerk and recorder 's office|\
         park district|water district|hospital district|public hospital district|library district|transit district|transit|rapid transit|fire district|fire protection district|port of",
    ),
    (
        Body::Police,
        Role::Nothing,
        "police departments|police agencies|police forces|police officers|police unions|police chiefs|\
         police state|police work|police station|police stations|police stop|police stops|police report|\
         police reports|police powers|police records|police academy|police brutality|police reform",
    ),
    (
        Body::Sheriff,
        Role::Nothing,
        "sheriff 's offices|sheriff 's departments|sheriff 's deputy|sheriff 's deputies|sheriffs|\
         sheriff 's sale|sheriffs ' offices|sheriffs ' departments|sheriff 's sergeant|sheriff 's lieutenant|\
         sheriff 's officers|sheriff 's detectives|sheriff 's captain|sheriff 's spokesman|\
         sheriff 's spokeswoman|sheriff 's spokesperson|sheriff-elect",
    ),
    (
        Body::Prosecutor,
        Role::Nothing,
        "county jail enforcement model|county jail enforcement|jail enforcement model|jail enforcement program|jail enforcement|jail model|attorneys general|deputy attorney general|assistant attorney general|district attorneys|\
         attorney general 's opinion|assistant district attorney|assistant u.s. attorney|\
         deputy district attorney|city attorney|city attorney 's office|town attorney|county counsel|solicitor general",
    ),
    (
        Body::City,
        Role::Nothing,
        "national council|city councils|city councilor|city councilman|city councilwoman|council member|council members|councilmember|mayors|deputy mayor|vice mayor|vice president",
    ),
    (
        Body::CountyBoard,
        Role::Nothing,
        "board member|board members|county commissioner|county supervisor|county boards|board of immigration appeals|board of",
    ),
    (
        Body::House,
        Role::Nothing,
        "senate enrolled act|house enrolled act|senate enrolled|house enrolled|house bill|senate bill|house file|senate file|house resolution|senate resolution|assembly bill|u.s. house|u.s. senate|white house|house joint|senate joint|house speaker|senate president|senate majority|house majority|house minority|senate minority|house republicans|house democrats|senate republicans|senate democrats|house committee|senate committee|house judiciary|senate judiciary|house concurrent|senate concurrent|house arrest|house homeland|senate homeland",
    ),
    (
        Body::State,
        Role::Nothing,
        "state law|state laws|state court|state supreme court|state troopers|secretary of state|state of emergency|state line|state and local|state or local|state capitol|state sen.|state rep.|state senator|state representative|united states|state university|state prison",
    ),
    (
        Body::Other,
        Role::Nothing,
        "task force|task forces|strike force|use of force|in force|into force|force model|task force model|in office|taking office|took office|take office|air force|work force|force of law|force the|force with which|force in which|mass transit|public transit|superior court|district court|circuit court|county court|supreme court|court of appeals|appellate division|appellate court|state appellate division|state appellate court|justice center",
    ),
];

/// Every phrase with its body and role.
pub(super) fn heads() -> impl Iterator<Item = (&'static str, (Body, Role))> {
    HEADS
        .iter()
        .flat_map(|&(body, role, phrases)| phrases.split('|').map(move |phrase| (phrase, (body, role))))
}

/// What "our agency" may mean: those who speak of theirs are seldom federal.
pub(super) const LOCAL: &[Body] = &[
    Body::Police,
    Body::Sheriff,
    Body::StatePolice,
    Body::PublicSafety,
    Body::StateBureau,
    Body::SchoolPolice,
    Body::Corrections,
    Body::Jail,
    Body::Other,
];

/// Common nouns that stand for an agency of the document: the word, and the bodies it can mean.
pub(super) const NOUNS: &[(&str, &[Body])] = &[
    (
        "department",
        &[
            Body::Police,
            Body::Sheriff,
            Body::PublicSafety,
            Body::SchoolPolice,
            Body::Corrections,
            Body::Federal,
            Body::StatePolice,
            Body::Other,
        ],
    ),
    ("dept.", &[Body::Police, Body::Sheriff, Body::PublicSafety]),
    ("office", &[Body::Sheriff, Body::AttorneyGeneral, Body::Prosecutor, Body::City, Body::State]),
    (
        "agency",
        &[
            Body::Police,
            Body::Sheriff,
            Body::StatePolice,
            Body::PublicSafety,
            Body::StateBureau,
            Body::Federal,
            Body::SchoolPolice,
            Body::Corrections,
            Body::Jail,
        ],
    ),
    ("law enforcement agency", LOCAL),
    ("immigration agency", &[Body::Federal]),
    ("state government", &[Body::State]),
    ("city government", &[Body::City]),
    ("county government", &[Body::County]),
    ("bureau", &[Body::Police, Body::StateBureau, Body::Federal]),
    ("division", &[Body::Police, Body::StateBureau]),
    ("authority", &[Body::Jail]),
    ("association", &[Body::Sheriffs, Body::Chiefs, Body::Union, Body::League]),
    ("union", &[Body::Union]),
    ("lodge", &[Body::Union]),
    ("police union", &[Body::Union]),
    ("deputies ' union", &[Body::Union]),
    ("officers ' union", &[Body::Union]),
    ("police officers ' union", &[Body::Union]),
    ("patrolmen 's union", &[Body::Union]),
    ("troopers ' union", &[Body::Union]),
    ("guild", &[Body::Union]),
    ("sheriffs association", &[Body::Sheriffs]),
    ("sheriffs ' association", &[Body::Sheriffs]),
    ("chiefs association", &[Body::Chiefs]),
    ("chiefs ' association", &[Body::Chiefs]),
    ("police chiefs association", &[Body::Chiefs]),
    ("police chiefs ' association", &[Body::Chiefs]),
    ("sheriffs ' group", &[Body::Sheriffs]),
    ("chiefs ' group", &[Body::Chiefs]),
    ("group", &[Body::Sheriffs, Body::Chiefs, Body::Union]),
    ("jail", &[Body::Jail, Body::Sheriff, Body::Corrections]),
    ("center", &[Body::Jail, Body::Corrections]),
    ("patrol", &[Body::StatePolice]),
    ("commission", &[Body::CountyBoard, Body::Commission, Body::Council]),
    ("board", &[Body::CountyBoard, Body::PrisonBoard, Body::Council, Body::Commission, Body::School]),
    ("court", &[Body::CountyBoard]),
    ("metro", &[Body::Police]),
    ("district", &[Body::School]),
];
