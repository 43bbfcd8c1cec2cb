"""The words that the rules go by: verbs of speech, hedges, places, outlets, months and units."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """Split a block of words; an underscore stands for a space inside one."""
    return frozenset(word.replace("_", " ") for word in text.split())


# Forms of verbs that report speech. The first group can stand alone before or after a quote.
SPEECH_VERBS = words(
    """
    said says say saying told tells tell telling claimed claims claim claiming added adds add
    adding insisted insists insist insisting argued argues argue arguing warned warns warn warning
    confirmed confirms confirm confirming admitted admits admit admitting explained explains
    explain explaining suggested suggests suggest suggesting announced announces announce
    announcing revealed reveals reveal revealing stated states state stating noted notes note
    noting denied denies deny denying alleged alleges allege alleging reported reports report
    reporting stressed stresses stress stressing maintained maintains maintain maintaining
    predicted predicts predict predicting acknowledged acknowledges acknowledge acknowledging
    conceded concedes concede conceding complained complains complain complaining recalled recalls
    recall recalling reiterated reiterates reiterate reiterating asked asks ask asking replied
    replies reply replying responded responds respond responding answered answers answer answering
    declared declares declare declaring asserted asserts assert asserting contended contends
    contend contending concluded concludes conclude concluding wrote writes write writing written
    tweeted tweets tweet posted posts joked jokes quipped testified testifies testify testifying
    informed informs inform informing reminded reminds remind reminding assured assures assure
    assuring promised promises promise promising vowed vows vow vowing pledged pledges pledge
    urged urges urge urging emphasised emphasized emphasises emphasizes emphasise emphasize
    remarked remarks remark observed observes commented comments commenting mentioned mentions
    mention mentioning disclosed discloses disclose repeated repeats repeat repeating estimated
    estimates estimate estimating found finds find finding showed shows show shown showing
    indicated indicates indicate indicating recommended recommends recommend boasted boasts
    lamented laments countered counters retorted retorts exclaimed exclaims shouted shouts
    shouting cried cries whispered whispers continued continues opined cautioned cautions advised
    advises proclaimed proclaims implied implies imply hinted hints speculated speculates demanded
    demands demonstrated demonstrates hypothesized hypothesised posited posits accused accuses
    described describes called calls calling dubbed labelled labeled branded enquired inquired
    understands read reads swore swears apologised apologized agreed agrees agree blasted slammed
    hailed praised proposed proposes ruled accepted accepts heard hears forecast forecasts
    thundered snapped sighed screamed yelled muttered
    """
)
BELIEF_VERBS = words(
    "believed believes believe believing expects expect expected fears fear feared thinks "
    "doubts doubt "
    "doubted reckons reckon understands suspects"
)
# Inside a frame around a quotation these need no further proof.
PLAIN_SPEECH = words(
    "said says say told tells added adds asked asks replied replies wrote writes explained "
    "explains "
    "insisted insists answered responded tweeted joked recalled continued concluded claimed claims "
    "warned warns stated states declared exclaimed shouted commented remarked argued argues noted "
    "admitted admits announced confirmed revealed reiterated quipped cried whispered countered "
    "retorted snapped sighed screamed yelled muttered thundered stressed repeated"
)
AUXILIARIES = words(
    "has have had is are was were be been being will would could should may might must can did "
    "does "
    "do 's 've 'd 'll not never n't to"
)
ADVERBS = words(
    "also later then once again since already now still further repeatedly simply quietly angrily "
    "reportedly allegedly recently previously famously often only even just today yesterday "
    "effectively reluctantly firmly"
)
ORG_LAST = words(
    """
    Ltd Limited plc PLC Inc Corp Corporation Company Co Group Holdings Partners Capital Bank
    Insurance Airlines Airways Shipping Marine Motors Energy Power Water Gas Oil Foods
    Pharmaceuticals Systems Technologies Software Industries Enterprises Associates Union
    Federation Association Council Committee Commission Institute Society Foundation Trust Agency
    Authority Ministry Department Police Constabulary Court Party Congress Parliament Assembly
    University College United Rovers Athletic Wanderers Albion FC AFC Rangers Hotspur Laboratory
    Service Services Board Consortium
    """
)
THOUGHT_VERBS = words(
    "think thinks thought thinking know knows knew known see sees saw seen feel feels felt "
    "remember "
    "remembers remembered hope hopes hoped hoping wonder wondered guess guessed mean means meant "
    "understand understood realise realised realize realized notice noticed assume assumed imagine "
    "suppose supposed ensure ensured decide decided suspect suspected wish wished forget doubt "
    "recognise recognize heard hear learned learnt consider considered"
)
DENIALS = words("denied denies deny denying")
ALLEGATIONS = words("alleged alleges allege alleging claimed claims claim claiming accused accuses")
PRONOUNS = words("he she they it we i you who")
FIRST_PERSON = words("i we")

# Nouns that say that a person, a group or a paper speaks without a name.
DOCUMENTS = words(
    "report study survey statement document documents letter memo email dossier paper review "
    "inquiry analysis research filing indictment lawsuit complaint article book poll audit "
    "figures data papers files study's findings research statistics email emails press_release"
)
GROUPS = words(
    "officials police residents witnesses neighbours neighbors campaigners critics experts "
    "scientists researchers doctors prosecutors investigators firefighters sources ministers "
    "lawyers analysts economists teachers parents supporters fans opponents activists authorities "
    "protesters engineers fishermen farmers workers unions observers commentators people parties "
    "councillors lawmakers rebels soldiers students nurses authors others some many"
)
ANYBODY = words(
    "official officer spokesman spokeswoman spokesperson source witness resident neighbour "
    "neighbor "
    "man woman boy girl mother father son daughter wife husband brother sister lawyer doctor "
    "manager coach player striker defender midfielder goalkeeper driver pilot minister senator "
    "president chairman chairwoman director aide adviser advisor teacher student analyst expert "
    "insider person one judge prosecutor detective passenger worker"
)
GROUP_BODIES = words(
    "company club council government charity ministry court hospital airline agency union party "
    "association board committee department force firm group bank university school team "
    "federation commission parliament army navy embassy tribunal panel jury family couple"
)

# Typing of places. Anything not here and placed is taken for a city or a state.
COUNTRIES = words(
    """
    Afghanistan Albania Algeria Andorra Angola Argentina Armenia Australia Austria Azerbaijan
    Bahamas Bahrain Bangladesh Barbados Belarus Belgium Belize Benin Bhutan Bolivia Bosnia
    Botswana Brazil Britain Brunei Bulgaria Burundi Cambodia Cameroon Canada Chad Chile China
    Colombia Congo Croatia Cuba Cyprus Denmark Djibouti Ecuador Egypt England Eritrea Estonia
    Ethiopia Fiji Finland France Gabon Gambia Georgia Germany Ghana Greece Grenada Guatemala
    Guinea Guyana Haiti Honduras Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy
    Jamaica Japan Jordan Kazakhstan Kenya Kosovo Kuwait Laos Latvia Lebanon Lesotho Liberia Libya
    Liechtenstein Lithuania Luxembourg Madagascar Malawi Malaysia Maldives Mali Malta Mauritania
    Mauritius Mexico Moldova Monaco Mongolia Montenegro Morocco Mozambique Myanmar Namibia Nepal
    Netherlands Nicaragua Niger Nigeria Norway Oman Pakistan Palestine Panama Paraguay Peru
    Philippines Poland Portugal Qatar Romania Russia Rwanda Samoa Scotland Senegal Serbia
    Seychelles Singapore Slovakia Slovenia Somalia Spain Sudan Suriname Swaziland Sweden
    Switzerland Syria Taiwan Tajikistan Tanzania Thailand Togo Tunisia Turkey Turkmenistan Uganda
    Ukraine Uruguay Uzbekistan Venezuela Vietnam Wales Yemen Zambia Zimbabwe
    """
)
STATES = words(
    """
    Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia
    Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts
    Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon
    Pennsylvania Tennessee Texas Utah Vermont Virginia Wisconsin Wyoming Ontario Quebec Alberta
    Manitoba Saskatchewan Queensland Victoria Tasmania Bavaria
    """
)
REGIONS = words(
    """
    Africa Asia Europe Antarctica Oceania Scandinavia Balkans Caucasus Sahara Sahel Siberia Amazon
    Caribbean Mediterranean Atlantic Pacific Arctic Alps Andes Himalayas Pyrenees Rockies Baltic
    Levant Maghreb Patagonia Middle_East Latin_America South_America North_America Central_America
    Central_Asia Southeast_Asia East_Asia South_Asia Eastern_Europe Western_Europe West_Africa
    East_Africa North_Africa Southern_Africa Far_East Near_East Horn_of_Africa West_Bank Danube
    Thames Rhine Nile Volga Mississippi Seine Everest Etna Vesuvius Moon Mars Earth Highlands
    Midlands Cotswolds Pennines Donbas Sinai Kashmir Hebrides Algarve Riviera Solway Dolomites
    Cairngorms Orkney Shetland Solent Severn Tyne Mersey Danelaw Sumatra Borneo Crete Sicily
    Corsica
    """
)
FACILITY_WORDS = words(
    """
    Stadium Arena Airport Station Bridge Tunnel Hospital Infirmary Street Road Avenue Lane Square
    Boulevard Park Palace Castle Tower Towers Cathedral Church Abbey Mosque Temple Synagogue
    Prison Jail Museum Theatre Theater Library Gallery Harbour Harbor Port Dam Canal Hall Hotel
    Plaza Terminal Pier Barracks Cemetery Zoo Hospice Drive Highway Motorway Courthouse Centre
    Center House Estate Building Gardens Market Wharf Dock Docks Cottage Mill Ground School Weir
    Close Parade Quay Exchange Rooms Row Terrace Crescent Way Lighthouse Reservoir Aqueduct
    Viaduct Inn Cafe Café Restaurant Pavilion Velodrome Racecourse Chapel Minster Monastery
    Convent Library
    """
)
NATURE_WORDS = words(
    """
    River Lake Mount Mountain Mountains Sea Ocean Gulf Bay Strait Straits Channel Island Islands
    Isle Isles Peninsula Valley Desert Forest Hills Coast Cape Falls Basin Delta Plain Plains
    Volcano Glacier Reef Range Fjord Loch Glen Estuary Sound Firth Marsh Marshes Moor Moors Beach
    Cove Canyon Creek Heath Woods Wood Fells Fell Point Archipelago Lagoon Plateau Shoals
    """
)
NATIONALITIES = words(
    """
    Afghan Afghans Albanian Albanians Algerian Algerians American Americans Arab Arabs Argentine
    Argentinian Argentinians Armenian Armenians Asian Asians Australian Australians Austrian
    Austrians Azerbaijani Bangladeshi Bangladeshis Basque Basques Belarusian Belarusians Belgian
    Belgians Bolivian Bosnian Bosnians Brazilian Brazilians Briton Britons British Bulgarian
    Bulgarians Cambodian Canadian Canadians Catalan Catalans Catholic Catholics Chechen Chechens
    Chilean Chileans Chinese Christian Christians Colombian Colombians Croat Croatian Croatians
    Croats Cuban Cubans Cypriot Cypriots Czech Czechs Dane Danes Danish Dutch Ecuadorian Egyptian
    Egyptians English Estonian Estonians Ethiopian Ethiopians European Europeans Finn Finnish
    Finns French Georgian Georgians German Germans Ghanaian Greek Greeks Haitian Haitians Hindu
    Hindus Hungarian Hungarians Icelandic Indian Indians Indonesian Indonesians Iranian Iranians
    Iraqi Iraqis Irish Islamic Islamist Islamists Israeli Israelis Italian Italians Jamaican
    Japanese Jew Jewish Jews Jordanian Jordanians Kazakh Kenyan Kenyans Korean Koreans Kurd
    Kurdish Kurds Kuwaiti Latvian Latvians Lebanese Libyan Libyans Lithuanian Lithuanians Maltese
    Mexican Mexicans Mongolian Moroccan Moroccans Muslim Muslims Nepalese Nigerian Nigerians
    Norwegian Norwegians Pakistani Pakistanis Palestinian Palestinians Peruvian Peruvians Pole
    Poles Polish Portuguese Protestant Protestants Qatari Roma Romanian Romanians Russian Russians
    Rwandan Saudi Saudis Scot Scots Scottish Senegalese Serb Serbian Serbs Shia Shiite Shiites
    Sikh Sikhs Slovak Slovaks Slovene Slovenian Somali Somalis Spaniard Spaniards Spanish Sudanese
    Sunni Sunnis Swede Swedes Swedish Swiss Syrian Syrians Taiwanese Thai Tibetan Tibetans
    Tunisian Tunisians Turk Turkish Turks Ugandan Ukrainian Ukrainians Uruguayan Uzbek Venezuelan
    Venezuelans Vietnamese Welsh Yemeni Yemenis Zimbabwean African Africans Democrat Democrats
    Republicans Conservatives Tories Tory Communist Communists Socialists Marxist Anglican
    Buddhist Buddhists Soviet Nazi Nazis Dutchman Frenchman Frenchwoman Englishman Englishwoman
    Irishman Irishwoman Scotsman Scotswoman Welshman Welshwoman
    """
)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}

HONORIFICS = words(
    "Mr Mrs Ms Miss Mx Dr Prof Professor Sir Dame Lord Lady Baroness President Prime_Minister "
    "Chancellor Senator Governor Mayor Judge Justice Inspector Sergeant Captain General Colonel "
    "Major Lieutenant Councillor King Queen Prince Princess Pope Rev Reverend Father Sister "
    "Minister "
    "Secretary Foreign_Minister Home_Secretary Health_Secretary Detective Constable Officer Coach "
    "Sen Rep Gov Gen Lt Col Capt Sgt Congressman Congresswoman Ambassador Bishop Archbishop "
    "Cardinal"
)

# Media organisations by full name, and by the words that newspapers are called.
OUTLETS = words(
    """
    Guardian BBC BBC_News Reuters Associated_Press AP AFP Agence_France-Presse Bloomberg CNN
    Sky_News Sky Sky_Sports ITV ITV_News Channel_4_News New_York_Times Washington_Post Times
    Sunday_Times Financial_Times Daily_Mail Mail_on_Sunday Sun Daily_Telegraph Telegraph
    Independent Evening_Standard Le_Monde Le_Figaro Der_Spiegel Spiegel El_País El_Mundo
    La_Repubblica Corriere_della_Sera Bild Al_Jazeera Irish_Times Scotsman Herald NPR Fox_News CBS
    CBS_News NBC NBC_News ABC_News MSNBC PBS Politico Economist Marca AS L'Equipe L'Équipe Kyodo
    Xinhua Tass Interfax Ansa EFE DPA PA PA_Media Press_Association Wall_Street_Journal USA_Today
    Los_Angeles_Times Boston_Globe Chicago_Tribune Time Newsweek Vox BuzzFeed_News HuffPost Axios
    Daily_Mirror Mirror Daily_Express Daily_Star Metro Observer Spectator New_Statesman New_Yorker
    Vanity_Fair Atlantic Globe_and_Mail Toronto_Star CBC Sydney_Morning_Herald Haaretz
    Jerusalem_Post Times_of_India Hindu Dawn South_China_Morning_Post Japan_Times Asahi_Shimbun
    Straits_Times NHK Yle Helsingin_Sanomat Dagens_Nyheter Aftenposten Politiken NRK RTÉ ESPN
    Gazzetta_dello_Sport Mundo_Deportivo Kicker Novaya_Gazeta Meduza Kyiv_Independent Nature
    Science Lancet British_Medical_Journal BMJ New_England_Journal_of_Medicine
    """
)
OUTLET_LAST = words(
    "Times Post Herald Tribune Gazette Chronicle Echo Courier Journal Observer Mail Telegraph News "
    "Mirror Express Standard Star Press Record Advertiser Wire Lantern Argus Examiner Inquirer "
    "Dispatch "
    "Bulletin "
    "Radio TV Television Broadcasting Zeitung Magazine Mercury Review Annals Sentinel Globe "
    "Daily Weekly Evening"
)

HEDGE = re.compile(
    r"\b(?:"
    r"it(?:['’]s| is| was| has been) (?:now |also |widely )?(?:claimed|alleged|reported|believed|"
    r"thought|understood|said|rumoured|rumored|suggested|feared|expected) (?:that)?"
    r"|(?:is|are|was|were) (?:also |widely )?(?:said|thought|believed|understood|reported|alleged|"
    r"rumoured|rumored|expected|likely|feared|claimed) to\b"
    r"|(?:appear|seem)(?:s|ed)? to\b|remains to be seen"
    r"|reportedly|allegedly|apparently|supposedly|purportedly|seemingly|presumably|ostensibly"
    r"|effectively|arguably|probably|possibly|perhaps|maybe|potentially|so-called|unconfirmed"
    r"|believed to be|thought to be|may|might|surely|likely|roughly speaking|in effect"
    r")(?<! )",
    re.IGNORECASE,
)
