//! Federal bodies: a short list, since no grammar gives their names.

/// A federal body.
pub(super) struct Federal {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// Names as tokens in lower case, without "U.S." before them; `|` between.
    pub(super) names: &'static str,
    /// Acronyms, matched in capitals only; `|` between.
    pub(super) acronyms: &'static str,
    /// The first words of `names` stand alone only in capitals, since they are common words.
    pub(super) titles: &'static str,
}

macro_rules! federal {
    ($($id:literal $name:literal names $names:literal acronyms $acronyms:literal titles $titles:literal;)*) => {
        pub(super) const FEDERAL: &[Federal] = &[$(Federal {
            id: $id, name: $name, names: $names, acronyms: $acronyms, titles: $titles,
        }),*];
    };
}

federal! {
    "ice" "U.S. Immigration and Customs Enforcement"
        names "immigration and customs enforcement|immigration and customs enforcement agency|immigration and customs enforcement division|immigrations and customs enforcement|immigration and custom enforcement|immigrations and custom enforcement|immigration and custom 's enforcement|immigration and customs and enforcement|immigration , customs enforcement|immigration - customs enforcement|immigration - customs enforcement agency|immigration & customs enforcement|immigration & customs enforcement agency|department of immigration and customs enforcement|immigration customs and enforcement|immigration customs enforcement|immigrant and customs enforcement|immigration , customs and enforcement|immigration and customs|immigration and customs service|bureau of immigration and customs enforcement|customs and immigration enforcement|custom and immigration enforcement|i.c.e."
        acronyms "ICE" titles "";
    "ero" "ICE Enforcement and Removal Operations"
        names "enforcement and removal operations|ice enforcement and removal operations" acronyms "ERO" titles "";
    "lesc" "Law Enforcement Support Center"
        names "law enforcement support center" acronyms "LESC" titles "";
    "hsi" "Homeland Security Investigations"
        names "homeland security investigations|homeland security investigations unit|homeland security investigations office|homeland security investigations division" acronyms "HSI" titles "";
    "cbp" "U.S. Customs and Border Protection"
        names "customs and border protection|customs & border protection|customs and border patrol|customs & border patrol" acronyms "CBP" titles "";
    "border-patrol" "U.S. Border Patrol" names "border patrol" acronyms "USBP" titles "";
    "uscis" "U.S. Citizenship and Immigration Services"
        names "citizenship and immigration services" acronyms "USCIS" titles "";
    "dhs" "U.S. Department of Homeland Security"
        names "department of homeland security|homeland security department|homeland security|dept. of homeland security"
        acronyms "DHS" titles "";
    "doj" "U.S. Department of Justice"
        names "department of justice|justice department|dept. of justice|justice dept."
        acronyms "DOJ" titles "u.s. attorney general|united states attorney general";
    "ins" "Immigration and Naturalization Service"
        names "immigration and naturalization service|immigration and naturalization services|immigration and naturalization|immigration service|i.n.s." acronyms "INS" titles "";
    "eoir" "Executive Office for Immigration Review"
        names "executive office for immigration review" acronyms "EOIR" titles "";
    "fbi" "Federal Bureau of Investigation" names "federal bureau of investigation|f.b.i." acronyms "FBI" titles "";
    "dea" "Drug Enforcement Administration" names "drug enforcement administration" acronyms "DEA" titles "";
    "atf" "Bureau of Alcohol, Tobacco, Firearms and Explosives"
        names "bureau of alcohol , tobacco , firearms and explosives|bureau of alcohol , tobacco , firearms , and explosives" acronyms "ATF" titles "";
    "usms" "U.S. Marshals Service" names "marshals service|marshal service|u.s. marshals|u.s. marshals office|u.s. marshals service|u.s. marshal service|us marshals|us marshals service|united states marshals|united states marshals service" acronyms "USMS" titles "";
    "secret-service" "U.S. Secret Service" names "secret service" acronyms "USSS" titles "";
    "tsa" "Transportation Security Administration"
        names "transportation security administration" acronyms "TSA" titles "";
    "coast-guard" "U.S. Coast Guard" names "coast guard" acronyms "USCG" titles "";
    "fema" "Federal Emergency Management Agency"
        names "federal emergency management agency" acronyms "FEMA" titles "";
    "bop" "Federal Bureau of Prisons" names "federal bureau of prisons|bureau of prisons" acronyms "BOP" titles "";
    "census" "U.S. Census Bureau" names "census bureau|bureau of the census" acronyms "" titles "";
    "orr" "Office of Refugee Resettlement" names "office of refugee resettlement" acronyms "ORR" titles "";
    "hhs" "U.S. Department of Health and Human Services"
        names "department of health and human services" acronyms "HHS" titles "";
    "hud" "U.S. Department of Housing and Urban Development"
        names "department of housing and urban development" acronyms "HUD" titles "";
    "dol" "U.S. Department of Labor" names "u.s. department of labor" acronyms "" titles "";
    "state-department" "U.S. Department of State" names "department of state|state department" acronyms "" titles "";
    "defense" "U.S. Department of Defense" names "department of defense|department of war|defense department|pentagon" acronyms "DOD" titles "";
    "irs" "Internal Revenue Service" names "internal revenue service" acronyms "IRS" titles "";
    "ssa" "Social Security Administration" names "social security administration" acronyms "" titles "";
    "omb" "Office of Management and Budget" names "office of management and budget" acronyms "OMB" titles "";
    "bia" "Bureau of Indian Affairs" names "bureau of indian affairs" acronyms "BIA" titles "";
    "blm" "Bureau of Land Management" names "bureau of land management" acronyms "BLM" titles "";
    "forest-service" "U.S. Forest Service" names "forest service" acronyms "USFS" titles "";
    "park-service" "National Park Service" names "national park service" acronyms "NPS" titles "";
    "usda" "U.S. Department of Agriculture" names "" acronyms "USDA" titles "";
    "interior" "U.S. Department of the Interior"
        names "department of the interior|interior department" acronyms "" titles "";
    "treasury" "U.S. Department of the Treasury"
        names "department of the treasury|treasury department" acronyms "" titles "";
    "epa" "Environmental Protection Agency" names "environmental protection agency" acronyms "EPA" titles "";
    "fps" "Federal Protective Service" names "federal protective service" acronyms "" titles "";
    "gao" "U.S. Government Accountability Office" names "government accountability office" acronyms "GAO" titles "";
    "olc" "Office of Legal Counsel" names "office of legal counsel" acronyms "" titles "";
    "cops" "Office of Community Oriented Policing Services"
        names "office of community oriented policing services" acronyms "" titles "";
    "bja" "Bureau of Justice Assistance" names "bureau of justice assistance" acronyms "BJA" titles "";
    "ojp" "Office of Justice Programs" names "office of justice programs" acronyms "OJP" titles "";
    "crcl" "Office for Civil Rights and Civil Liberties"
        names "office for civil rights and civil liberties" acronyms "CRCL" titles "";
    "us-attorney" "U.S. Attorney's Office" names "" acronyms "" titles "";
}
