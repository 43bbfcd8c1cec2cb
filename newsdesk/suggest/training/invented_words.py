"""Words for invented news sentences: names, roles, verbs; real and made-up, all our own lists."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


FIRST_NAMES = _words(
    """
    James Mary Oliver Amelia Harry Isla Jack Sophie Lucía Diego Carmen Javier Elena Marco Giulia
    Luca Chiara Jürgen Anke Stefan Heike Pierre Camille Antoine Élodie Mohamed Fatima Ahmed Layla
    Yusuf Aisha Omar Zainab Chidi Ngozi Kwame Abena Sipho Thandi Wei Mei Hiroshi Yuki Min-jun
    Ji-woo Arjun Priya Rahul Ananya Imran Sana Oleksandr Olena Andrei Irina Piotr Agnieszka Jan
    Zuzana Lars Ingrid Mikko Aino João Beatriz Rafael Camila Thiago Larissa Daan Femke Sven Astrid
    Nikos Eleni Mehmet Ayşe David Sarah Michael Laura Robert Karen Thomas Emma Daniel Rachel Paul
    Helen Peter Jane Simon Claire Mark Anna George Lucy Kevin Brian Patricia Linda Barbara Keir
    Rishi Boris Theresa Angela Emmanuel Olaf Ursula Jacinda Justin Narendra Joe Donald Barack
    Hillary Kamala Nicola Leo Mary-Kate
    """
)
LAST_NAMES = _words(
    """
    Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright Walker Thompson White
    Roberts Green Hall Wood Clarke Hughes Edwards Ferrari Rossi Bianchi Moretti Conti García
    Fernández López Martínez Sánchez Pérez Müller Schmidt Schneider Weber Fischer Becker Dubois
    Lefebvre Moreau Laurent Girard Okafor Adeyemi Mensah Boateng Nkosi Dlamini Chen Wang Zhang Liu
    Tanaka Suzuki Sato Kim Park Lee Sharma Singh Gupta Khan Hussain Ahmed Al-Masri Haddad Nasser
    Kovalenko Shevchenko Petrov Ivanova Nowak Kowalska Novák Hansen Nielsen Johansson Korhonen
    Virtanen Silva Santos Oliveira Costa Pereira de_Jong van_der_Meer van_den_Berg Bakker
    Papadopoulos Yılmaz Demir O'Brien O'Neill Murphy Kelly Walsh McCarthy McDonald MacLeod
    Campbell Stewart Fraser Reid Baker Carter Cooper Ward Turner Hill Cole Grant Marsh Stone
    Rivers Banks Page Reed Long Young King Bishop Knight Major Bush Waters Fields
    """
)
CITIES = _words(
    """
    Manchester Liverpool Leeds Bristol Sheffield Newcastle Southampton Portsmouth Leicester
    Nottingham Derby Norwich Ipswich Coventry Cardiff Swansea Glasgow Edinburgh Dundee Aberdeen
    Belfast Dublin Cork London Birmingham Brighton Oxford Cambridge York Hull Sunderland
    Middlesbrough Burnley Bolton Preston Blackburn Watford Reading Luton Exeter Plymouth Madrid
    Barcelona Seville Valencia Bilbao Lisbon Porto Paris Lyon Marseille Lille Nice St_Etienne
    Bordeaux Nantes Milan Rome Turin Naples Florence Bologna Berlin Munich Hamburg Dortmund
    Cologne Frankfurt Stuttgart Leipzig Amsterdam Rotterdam Eindhoven Brussels Antwerp Bruges
    Vienna Zurich Geneva Copenhagen Stockholm Oslo Helsinki Warsaw Prague Budapest Athens Istanbul
    Ankara Moscow Kyiv Kharkiv Odesa Tallinn Riga Vilnius Boston Chicago Houston Dallas Denver
    Seattle Portland Phoenix Atlanta Detroit Cleveland Pittsburgh Philadelphia Baltimore Miami
    Orlando Tampa Toronto Montreal Vancouver Sydney Melbourne Brisbane Perth Auckland Wellington
    Tokyo Osaka Seoul Beijing Shanghai Delhi Mumbai Karachi Lahore Dhaka Lagos Abuja Accra Nairobi
    Cairo Tunis Cape_Town Johannesburg Buenos_Aires São_Paulo Santiago Lima Bogotá Mexico_City
    Havana Washington New_York Los_Angeles San_Francisco San_Diego Las_Vegas New_Orleans
    Salt_Lake_City
    """
)
COUNTRIES = _words(
    """
    France Germany Italy Spain Portugal Greece Turkey Poland Hungary Romania Ukraine Russia Sweden
    Norway Finland Denmark Ireland Scotland Wales England Britain the_United_Kingdom the_UK
    the_United_States the_US Canada Mexico Brazil Argentina Chile Peru Colombia Venezuela Cuba
    Haiti Japan China India Pakistan Bangladesh Nepal Afghanistan Iran Iraq Syria Lebanon Israel
    Jordan Egypt Libya Tunisia Algeria Morocco Nigeria Ghana Kenya Ethiopia Sudan Somalia Uganda
    Rwanda Zambia Zimbabwe South_Africa Australia New_Zealand Indonesia Malaysia Thailand Vietnam
    Myanmar the_Philippines South_Korea North_Korea Taiwan Saudi_Arabia Yemen Qatar
    """
)
REGIONS = _words(
    """
    California Texas Florida Ohio Ontario Quebec Bavaria Catalonia Andalusia Lombardy Sicily
    Yorkshire Cornwall Kent Essex Merseyside Lancashire Donbas Crimea Kashmir Punjab Gaza
    the_West_Bank Queensland Tasmania Alaska Georgia Kansas Virginia Europe Africa Asia
    the_Middle_East Latin_America the_Balkans the_Mediterranean the_North_Sea the_Baltic_Sea
    the_Atlantic the_Amazon Lake_Victoria the_River_Thames the_Danube Mount_Etna
    """
)
NATIONALITIES = _words(
    """
    French German Italian Spanish Portuguese Greek Turkish Polish Hungarian Romanian Ukrainian
    Russian Swedish Norwegian Finnish Danish Irish Scottish Welsh English British American
    Canadian Mexican Brazilian Argentine Chilean Peruvian Colombian Cuban Haitian Japanese Chinese
    Indian Pakistani Afghan Iranian Iraqi Syrian Lebanese Israeli Palestinian Egyptian Libyan
    Tunisian Moroccan Nigerian Ghanaian Kenyan Ethiopian Sudanese Somali Dutch Belgian Swiss
    Austrian Czech European African Asian Arab Muslim Christian Jewish Catholic Democratic
    Republican Conservative
    """
)
PEOPLES = _words(
    """
    Democrats Republicans Conservatives Muslims Christians Catholics Americans Germans Italians
    Ukrainians Russians Palestinians Israelis Europeans Africans Syrians Jews Kurds Scots Tories
    Liberal_Democrats Greens
    """
)
CLUB_ENDINGS = _words(
    """
    City United Rovers Athletic Town Wanderers County Albion FC Rangers Thistle Harriers Warriors
    Tigers Bulls Lions Eagles Sharks
    """
)
CLUBS = _words(
    """
    Arsenal Chelsea Everton Celtic Rangers Fulham Juventus Inter Ajax Benfica Barcelona
    Real_Madrid Atlético_Madrid Bayern_Munich Borussia_Dortmund Tottenham Tottenham_Hotspur
    Crystal_Palace West_Ham Aston_Villa Wolves Villarreal Sevilla Lazio Roma Napoli Feyenoord PSV
    Sporting_Lisbon Galatasaray Fenerbahce Marseille Monaco Paris_Saint-Germain PSG Flamengo
    Boca_Juniors River_Plate Lakers Celtics Yankees Red_Sox Cowboys Patriots Saracens Leinster
    Munster Wasps Leicester_Tigers St_Helens Wigan Hibernian Hearts Saints Toffees Gunners Spurs
    """
)
BODIES = _words(
    """
    Greenpeace Amnesty_International Oxfam Human_Rights_Watch Unicef Unesco Nato
    the_European_Union the_EU the_European_Commission the_United_Nations the_UN
    the_World_Health_Organization the_WHO the_World_Bank the_International_Monetary_Fund the_IMF
    the_World_Trade_Organization Interpol Europol Fifa Uefa the_Football_Association the_FA
    the_Premier_League the_Scottish_FA the_NHS the_Home_Office the_Treasury the_Foreign_Office
    the_Ministry_of_Defence the_Department_of_Health the_Bank_of_England the_European_Central_Bank
    the_Federal_Reserve Congress the_Senate the_House_of_Commons Parliament the_Supreme_Court
    the_High_Court the_Pentagon the_White_House the_Kremlin the_State_Department the_FBI the_CIA
    the_Labour_Party Labour the_Conservative_Party the_Green_Party the_Scottish_National_Party
    the_SNP the_Met_Office Ofcom Ofgem Ofsted the_Environment_Agency the_Food_Standards_Agency
    the_Red_Cross Save_the_Children the_Trades_Union_Congress Unite Unison
    the_National_Union_of_Teachers the_Royal_Society Harvard_University the_University_of_Oxford
    the_University_of_Leeds Imperial_College_London King's_College_London Stanford MIT Hamas
    Hezbollah the_Taliban Islamic_State the_African_Union Opec the_Arab_League
    Médecins_Sans_Frontières the_Coastguard Transport_for_London Network_Rail
    """
)
COMPANIES = _words(
    """
    Apple Google Microsoft Amazon Meta Tesla Toyota Volkswagen BMW Boeing Airbus Shell BP
    ExxonMobil Vodafone Nokia Ericsson Samsung Sony Siemens Bosch Nestlé Unilever Tesco
    Sainsbury's Asda Aldi Lidl Barclays HSBC Lloyds NatWest Santander Deutsche_Bank Goldman_Sachs
    JPMorgan Pfizer AstraZeneca Moderna GlaxoSmithKline Ryanair easyJet Lufthansa KLM
    British_Airways Rolls-Royce Thames_Water Centrica Uber Netflix Disney Twitter Facebook TikTok
    OpenAI Intel Nvidia IBM Oracle Walmart Starbucks McDonald's Ikea Volvo H&M Zara Nissan Honda
    Huawei Alibaba Tencent Gazprom Rosneft Aramco Petrobras Vale Rio_Tinto Glencore
    """
)
COMPANY_ENDINGS = _words(
    """
    Ltd plc Inc Group Holdings Corp Energy Bank Airlines Foods Motors Partners Capital
    Pharmaceuticals Industries Trust Foundation Institute Council Systems
    """
)
OUTLETS = _words(
    """
    the_Guardian The_Guardian the_BBC BBC_News Reuters the_Associated_Press AP AFP Bloomberg CNN
    Sky_News ITV_News the_New_York_Times The_New_York_Times the_Washington_Post the_Times
    the_Financial_Times the_Daily_Mail the_Sun the_Daily_Telegraph the_Independent
    the_Evening_Standard Le_Monde Der_Spiegel El_País La_Repubblica Bild Al_Jazeera
    the_Irish_Times the_Scotsman the_Yorkshire_Post NPR Fox_News CBS NBC_News ABC_News Politico
    The_Economist Marca L'Equipe Kyodo Xinhua Tass the_Manchester_Evening_News the_Liverpool_Echo
    the_Daily_Record
    """
)
EVENTS = _words(
    """
    the_World_Cup the_Champions_League the_Olympics the_Winter_Olympics Euro_2024 Wimbledon
    the_FA_Cup the_Second_World_War World_War_II the_Cold_War the_Vietnam_War Brexit
    Hurricane_Katrina Storm_Eunice the_Six_Nations the_Grand_National Glastonbury
    the_Edinburgh_Festival the_Super_Bowl the_Tour_de_France the_Paris_Olympics the_Ryder_Cup
    the_Europa_League Cop26 the_Commonwealth_Games the_Davis_Cup the_Battle_of_Britain
    the_French_Open Black_Lives_Matter_protests
    """
)
FACILITIES = _words(
    """
    Heathrow Heathrow_Airport Gatwick Wembley Wembley_Stadium Old_Trafford Anfield Stamford_Bridge
    St_James'_Park Hampden_Park Westminster Downing_Street Trafalgar_Square the_Channel_Tunnel
    London_Bridge King's_Cross Waterloo_Station Guantánamo_Bay Broadway Wall_Street
    the_Golden_Gate_Bridge Elm_Street Church_Lane St_Mary's_Hospital Royal_Infirmary
    Holloway_Prison the_Eiffel_Tower JFK_Airport the_Suez_Canal the_Houses_of_Parliament
    Central_Park Victoria_Road
    """
)
PRODUCTS = _words(
    """
    iPhone iPad Model_3 Boeing_737_Max Galaxy_S23 PlayStation_5 Windows_11 Android ChatGPT Ozempic
    Kindle Airbus_A380 F-35 Patriot_missile AK-47 Land_Rover_Defender
    """
)
WORKS = _words(
    """
    Hamlet Macbeth Star_Wars Game_of_Thrones Coronation_Street EastEnders Panorama Newsnight
    Harry_Potter_and_the_Goblet_of_Fire The_Crown Line_of_Duty Oppenheimer Guernica
    Bohemian_Rhapsody the_Human_Rights_Act the_Online_Safety_Bill the_Paris_Agreement
    the_Good_Friday_Agreement the_Magna_Carta the_Affordable_Care_Act the_Treaty_of_Versailles
    """
)
ROLES = _words(
    """
    manager coach striker captain chairman goalkeeper defender midfielder president minister
    spokesman spokeswoman mayor governor senator lawyer detective officer analyst professor
    economist director chief_executive founder teacher nurse doctor farmer baker fisherman
    resident campaigner councillor residents'_leader union_leader head_teacher prosecutor judge
    scientist researcher engineer driver pilot artist singer novelist actor
    """
)
TITLES = _words(
    """
    Mr Mrs Ms Dr Prof Sir Dame Lord Lady President Prime_Minister Chancellor Senator Governor
    Mayor Judge Justice Inspector Sergeant Captain General Councillor King Queen Prince Pope
    Foreign_Minister Home_Secretary Health_Secretary
    """
)
UNNAMED = _words(
    """
    the_police police officials residents witnesses neighbours campaigners critics experts
    scientists researchers doctors prosecutors investigators firefighters a_spokesman
    a_spokeswoman a_source a_government_source a_witness one_resident two_officials union_leaders
    the_company the_club the_council the_government the_charity the_ministry the_court the_report
    the_study the_inquiry the_survey a_report a_leaked_memo the_authors ministers
    lawyers_for_the_family his_lawyer her_agent the_family the_hospital the_airline the_agency
    sources_close_to_the_talks a_person_familiar_with_the_matter analysts economists
    union_officials several_teachers
    """
)
SAYING = _words(
    """
    said says told_reporters has_said added claimed insisted argued warned confirmed admitted
    explained suggested announced revealed has_revealed stated noted denied alleged reported
    stressed maintained predicted acknowledged conceded complained recalled reiterated has_claimed
    has_warned pointed_out made_clear estimated found declared testified
    """
)
DATES = _words(
    """
    on_Monday on_Tuesday last_week yesterday on_Friday_night this_month in_March in_2019 on_12_May
    earlier_this_year last_Saturday two_days_later
    """
)
PLACE_STARTS = _words(
    """
    Stan Thorn Kirk Brad Ash Lang Mar Whit Nor Sut Mel Drum Had Carn Bex Cal Dun Ester Fen Grim
    Har Inver Kel Lyd Mal Nether Ox Pen Quar Rad Scar Tad Ulver Wal Yar Brack Crow Elm Glen Hol
    Lox Mill Pres Rother Sher Tarn Wick Brans Copple Dray
    """
)
PLACE_ENDINGS = _words(
    """
    mouth moor ton ham ford bury den wick by field port leigh combe stead worth ness dale minster
    burn hurst well gate over borough stow thwaite pool cliffe marsh sea
    """
)
FAR_PLACES = _words(
    """
    Vallensø Brekkhavn Sundvik Lorsk Karovets Zelnik Montréval Saint-Aubry Villanova_del_Re
    Castelbruno Rocavera Puerto_Lindo Santa_Rosalba Ostermark Grünfelde Neuhagen Tirvana Kesh
    Qasrabad Al-Marwan Ndola_Bay Mbiru Takamori Shinmachi Leuven-Zuid Dragomir Porto_Belo
    Vila_Serena
    """
)
SYLLABLES = _words(
    """
    ka ro mi ta le no su ve ri do na lo sa be ju ha ko mar del vin tor san bel gar rin mon tal ker
    """
)
FIRM_ENDINGS = _words(
    """
    Marine Shipping Water Energy Power Holdings Group Logistics Systems Software Foods Estates
    Rail Bank Health Pharma Motors Media Textiles Dairies Construction Partners Consulting Gas
    Airlines Robotics Insurance Mining Forestry Fisheries Steel
    """
)
