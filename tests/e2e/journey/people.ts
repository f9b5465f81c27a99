/** People, places and calls of the journey. People and seats stand in the sample organisation. */
export const SIP_URI = "sip:maria.chen@voice.example.com";

export const SEAT = { id: "SEA-5-181", label: "WS 181", street: "2121 7th Ave" };
export const OTHER_SEAT = { id: "SEA-5-182", label: "WS 182" };

/** Typed in one line, as people write it. Nothing else in the world holds these words. */
export const HOME = {
    typed: "1419 Wintergreen Ln apt 7, Tacoma WA 98406",
    street: "Wintergreen",
    number: "1419",
};

/** The call ids are the platform's; one that names nothing else can be searched for afterwards. */
export const TEST_CALL = "pbx-933-0x5eed0001";
export const CALL = "pbx-911-0x5eed0002";
export const CALLBACK = "pbx-psap-0x5eed0003";

/** The telephone of the 911 centre. */
export const CENTRE = "+12065550177";
