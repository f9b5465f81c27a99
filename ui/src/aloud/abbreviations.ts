/**
 * What a North American address writes short and a voice says whole: the commonest of USPS
 * Publication 28 (appendix C1) and the codes of states and provinces. What is not here is read as
 * it is written.
 */
export const DIRECTIONS: Record<string, string> = {
  E: 'East',
  N: 'North',
  NE: 'Northeast',
  NW: 'Northwest',
  S: 'South',
  SE: 'Southeast',
  SW: 'Southwest',
  W: 'West',
};

export const STREETS: Record<string, string> = {
  ALY: 'Alley',
  AVE: 'Avenue',
  BLVD: 'Boulevard',
  BR: 'Branch',
  BRG: 'Bridge',
  BYP: 'Bypass',
  CIR: 'Circle',
  CRES: 'Crescent',
  CT: 'Court',
  CTR: 'Center',
  CV: 'Cove',
  DR: 'Drive',
  EXPY: 'Expressway',
  EXT: 'Extension',
  FWY: 'Freeway',
  GDN: 'Garden',
  GDNS: 'Gardens',
  GRN: 'Green',
  GRV: 'Grove',
  HBR: 'Harbor',
  HL: 'Hill',
  HLS: 'Hills',
  HTS: 'Heights',
  HWY: 'Highway',
  IS: 'Island',
  JCT: 'Junction',
  LN: 'Lane',
  LNDG: 'Landing',
  MDW: 'Meadow',
  MDWS: 'Meadows',
  MNR: 'Manor',
  MTN: 'Mountain',
  PKWY: 'Parkway',
  PL: 'Place',
  PLZ: 'Plaza',
  PT: 'Point',
  RD: 'Road',
  RDG: 'Ridge',
  RTE: 'Route',
  SQ: 'Square',
  ST: 'Street',
  STA: 'Station',
  TER: 'Terrace',
  TPKE: 'Turnpike',
  TRL: 'Trail',
  VLY: 'Valley',
  VW: 'View',
  XING: 'Crossing',
};

/** Puerto Rico writes the same kinds of street and means Spanish ones. */
export const PUERTO_RICAN_STREETS: Record<string, string> = {
  AVE: 'Avenida',
  BLVD: 'Bulevar',
  CALLE: 'Calle',
  CARR: 'Carretera',
};

/** And where it says east it means `Este`. */
export const PUERTO_RICAN_DIRECTIONS: Record<string, string> = { E: 'Este', N: 'Norte', O: 'Oeste', S: 'Sur', W: 'Oeste' };

/** Kinds of door. */
export const DOORS: Record<string, string> = {
  APT: 'Apartment',
  BLDG: 'Building',
  BSMT: 'Basement',
  FL: 'Floor',
  LOT: 'Lot',
  PH: 'Penthouse',
  RM: 'Room',
  STE: 'Suite',
};

export const STATES: Record<string, string> = {
  AB: 'Alberta', AK: 'Alaska', AL: 'Alabama', AR: 'Arkansas', AZ: 'Arizona', BC: 'British Columbia',
  CA: 'California', CO: 'Colorado', CT: 'Connecticut', DC: 'District of Columbia', DE: 'Delaware',
  FL: 'Florida', GA: 'Georgia', HI: 'Hawaii', IA: 'Iowa', ID: 'Idaho', IL: 'Illinois', IN: 'Indiana',
  KS: 'Kansas', KY: 'Kentucky', LA: 'Louisiana', MA: 'Massachusetts', MB: 'Manitoba', MD: 'Maryland',
  ME: 'Maine', MI: 'Michigan', MN: 'Minnesota', MO: 'Missouri', MS: 'Mississippi', MT: 'Montana',
  NB: 'New Brunswick', NC: 'North Carolina', ND: 'North Dakota', NE: 'Nebraska', NH: 'New Hampshire',
  NJ: 'New Jersey', NL: 'Newfoundland and Labrador', NM: 'New Mexico', NS: 'Nova Scotia',
  NT: 'Northwest Territories', NU: 'Nunavut', NV: 'Nevada', NY: 'New York', OH: 'Ohio', OK: 'Oklahoma',
  ON: 'Ontario', OR: 'Oregon', PA: 'Pennsylvania', PE: 'Prince Edward Island', PR: 'Puerto Rico',
  QC: 'Québec', RI: 'Rhode Island', SC: 'South Carolina', SD: 'South Dakota', SK: 'Saskatchewan',
  TN: 'Tennessee', TX: 'Texas', UT: 'Utah', VA: 'Virginia', VI: 'Virgin Islands', VT: 'Vermont',
  WA: 'Washington', WI: 'Wisconsin', WV: 'West Virginia', WY: 'Wyoming', YT: 'Yukon',
};
