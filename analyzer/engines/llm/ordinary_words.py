"""English words that are also names of people or companies, and the words by which the two are told apart."""


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


# At the beginning of a sentence these are hardly ever a name.
FUNCTION_WORDS = _words(
    """a about after all also always am an and any are as at auch back be because been before being but by can con could da
    das de del dem den der des did die do doch does down du e each een ein eine el elle else en er es est et even ever
    every few for from get go got had has have he hello her here hers het hey hi him his how i if ik il im in into is
    ist it its ja je just know la las le least les less let like look los maar made mais make man many me met mine mit
    more most much my ne need nein never nicht niet no noch none nor not nous now nun of off oh ok okay on once one
    only ook or other ou our ours out over own par pas please plus por pour put que qui quite rather right said same
    say se see she should si sie since sind so some still su such sur take te tell than thanks that the their them
    then there these they thing this those though thus to too two um un una und under une uno until up upon us use
    very von voor vous wait was we well went were what when where which while who whom whose why wie wij wir with
    within without would y yeah yes yet you your yours zijn zu"""
)

# Names that, with a capital at the beginning of a sentence, are still more often the word. Companies are mostly here.
COMMON_WORDS = _words(
    """able ace active advance advent alert alliance allied alpha anchor apex apple arc arch arrow art ash atlas aurora
    avenue axis bank banks base bay beacon bell best better big birch black blue board bond boots bridge bright broad
    brook brown build burns business capital care castle center centre chance change charge church circle city clear
    close cloud coach coast code common compass connect core corner cotton crane cross crown daily day days deal delta
    diamond digital direct dish dollar double dove dream drive dry early east easy edge element emerald energy english
    ever evergreen every expert express fair fairy falcon fast feather field fields fine fire first fish flint flow
    force ford forest forge forward foundation fox free french fresh friend frontier future galaxy gap garden gate gem
    general german gift glass global gold golden good grain grand granite gray great green grey ground group grove
    growth guardian hall happy harbor harbour hard hardy harvest haven head health hearth heath high hill hills hive
    holiday home honest hope horizon house human hunger icon ideal impact independent indigo industry infinity insight
    iron island ivory jet jewel journey judge jump jungle just kernel key keystone kind kite lake lamb land lane
    lantern late law leaf league legal lemon level liberty life light lighthouse lime link lion little live local long
    lotus love low loyal luck lunar magic magnet main major mango maple marble march marine market marsh master matrix
    matter maven may meadow media meridian merit metro midland might mill mills mind minor mint mission modern moment
    monday money moon moore more moss motion mountain nation national natural nature new next nimble noble north
    northern nova oak oasis ocean old omega one open optimal optimum oracle orange orbit orchard orchid origin panda
    paper parallel park parks partner past path patience peak people phoenix pillar pilot pine pink pinnacle pioneer
    pivot place planet platinum play plum point polar pool poor pope port power precision premier price pride prime
    prism progress prospect provident prudence public pulse pure quality quantum quest quick quiet rain rainbow range
    rapid reach ready real red reed reef regal regent relay reliance rich ridge right ring rise river rivers road rock
    rocket root roots round rover royal run rural safe saffron sage sail salt sand sapphire school science scout sea
    seed self senior sense service shadow sharp shell shield ship shore short sigma signal silk silver simple sky
    slack small smart smooth snow social society solar solid solution sonic south southern space spark speed sphere
    spirit spring sprint square stable standard star start station steady steel stellar step sterling stone stones
    stripe strong studio subway summer summit sun sunday sunny sunrise supreme sure swan sweet swift table target team
    technology temple third tide tiger time titan together top torch total touch tower town track trade trail train
    transit tree triangle tribe trident trust truth twin two union unique unit united unity universal university urban
    valley value vanguard vast vector venture vertex victory view village vine virtue visa vision vista vital vivid
    voice wall water waters wave waves way wealth web week weeks wells west western wheel white whole wide wild will
    wind window wing winter wire wise wish wolf wonder wood woods word words work works world year years yellow young
    zenith zero zone"""
)

# Names that are words as well, heard as often as the name; a capital makes them a name unless what follows makes them a verb.
SELDOM_WORDS = _words(
    """abbey abbot alto amber ami amity angel april archer aria aster august autumn bacon baker ball barber barker barn
    baron barrel basil bean bear berry bill bin bird bishop blade blake bland block blossom blunt body bolt bon bone
    bones booth bowl bowler bowman box brace branch brand brandy bread breeze brewer briar brick broker buck buckle bud
    bull bunting burn bush butcher butler butt butter cable cage camp candy cane cannon cape carpenter carver case cash
    cat cave chalk chamberlain chandler chapel chapman charity charm chase cheek cheese chi child chip christmas chuck
    clay clerk cliff clock clover coats coffee coffin coin colt cone constable cook cool cork corn court cousins coward
    craft crook crow cruise cruz crystal curry cutter dale dally dan dance dane darling dash dawn dean dear dec dee deed
    dell destiny din diver dolly don dot drain drake draper drew drum duck duke dusty dyer eagle earnest eden ember eve
    eye faith fanny farmer farrier fawn fear feast felicity fell fence fern ferry fiddler fig finch fisher fitter flood
    flora flower flowers fly fold foot fort foster fountain frame frank freeman frost fuller gain gale gamble game
    gardener garland gates gay gene gentle giant gill ginger glen glory glover goode goose grace grant gravel greed
    groom gunner guy hack haddock hail hair hale ham hammer hand handy harder harm harmony harp harper hart haste hat
    hatch hatter hawk hawker hay hazel heard heart heather hedge hedges helm herb herd hero herring hide hole hollow
    holly honey hong hood hook hooker hooper hop horn horse hose hunt hunter hurry hutch ice inch iris jade job joiner
    jolly joy june junior juniper justice keen keeper kelp kettle kill king kings kiss kit knight knot lad lance
    landlord large lark last lather laurel lawn lay leak leather lee legend letter lever lilac limb lin line ling lock
    lodge loft loose lord loud lovely lover loving lucky lump lynch mace maker mallet manners manual mar mare mark marks
    marrow marshal mast max mayor mead meek melody mercy merry messenger middle miles miller min ming minister mirror
    mist misty mole monk moody mould mount mouse mower mustard nail neat neck nettle nightingale ode olive onions outlaw
    pace page paige pain painter pale palmer pan pansy pantry pardon paris parish parrot parson parsons partridge pass
    pat patch peace peach peacock pear pearl pebble peck peel peg pen penny pepper perch perry pet petal pete petty pick
    pickle pigeon pike pill pinch ping piper pit plain plant plaster plate player plumb pocket poe poet pole pond poole
    poppy porch porter post potter pound powers precious press prince print prior prudent puddle purchase purse quarry
    queen quill rabbit race ram ramp ranger rank ransom rash rasp rattle raven read reader reel rest ribbon rice riddle
    ride rider rim roast robe rocky rod roman roof rook rose rosemary ruby rude rule rumble runner rush russet rust
    rusty rye sable sack saddle saddler sailor saint salmon savage savannah sawyer saxon scales scarf scarlet scholar
    score scott seal search sell sellers serenity sessions seymour shade shark sheets shepherd sheriff shine shoe
    showers shown shrimp shutter shy sick sides sierra sill singer sink skin skinner skip skye slate slater slaughter
    sleep slim sly smith sol song sorrow spade sparks sparrow spear spencer spender spicer spike spoon squire stack
    staff stall stamp standing staples stark starling stern stew stick stock stocks storm stormy stout strain strange
    stranger street sudden sue sugar sung swain swallow sweat sword tackle tad tanner tart teal tear teen teller tempest
    tester thick thorn thunder thyme tickle timber tinker toll tongue towers toy trace travel treasure trinity trip
    tripp trotter trout trusty tuck tucker tune turner turtle twist upright usher vale van verity vessel viola violet
    virgin wade wager wagner wake walker waller walter wan want ward warden ware warm wash wax weather weaver weed welsh
    wen whale wheat wheeler whistle whistler whit wick wicked wiley willow windows wine winner winters wisdom witty
    woody worm worth worthy wren yard yarn yoke york"""
)

# Names so short that an s behind them could make another word, but hardly does ("toms deck"); and two letters that are no word.
SHORT_NAMES = _words(
    """abe amy ann ben bo bob deb ed eva gus ian ida ina ira ivy jan jay jim jo joe jon ken kim leo lia liz mai max meg mia
    nia ray rob ron roy sam sid ted tim tom vic zoe"""
)
NOT_WORDS = _words("bo ed jo")
# A name also in small letters, unless the words about it make a month of it.
NAMES_UNLESS_DATED = frozenset({"jan"})

# Companies are called by these, too, but at the beginning of a sentence they are words ("Next week", "People say").
OPENERS = _words(
    """best better big business change day days deal early easy everyone expert fair fast fine first free general good great
    half happy hard high honest hope just kind late legal level light little local long low main major matter mind minor
    moment money moon more national natural nature new next nine old one open people place plus point poor quality quick
    quiet ready real reason right second sense short simple small smart social society start still strong sun sunday sure
    team technology third time today together top total trust truth two united water way week weeks west white whole wild
    wish wonder work works world year years young"""
)

MODALS = frozenset({"will", "may", "might", "can", "could", "would", "should", "must"})
MONTHS = _words(
    """apr april aug august dec december feb february jan january jul july jun june mar march may nov november oct october
    sep sept september"""
)
# Before a month and not before a person ("by May"); before either ("to May") the name is taken.
BEFORE_A_MONTH = _words("""by during each early end every in last late mid next since this through throughout till until""")
AFTER_A_MONTH = _words("onward onwards")
# What can follow "Will", "May" or "Can" at the beginning of a question.
SUBJECTS = _words(
    """a all an any anybody anyone both each either everybody everyone he her his i it its my not one our people she somebody
    someone that the their there these they this those we what who you your"""
)
# What can follow them where nobody is named ("Will do.", "Will send it over").
AFTER_MODALS = _words(
    """ask be bring call check come do email find follow get give go have keep look make ring see send share speak talk try
    update work write"""
)
# Who speaks on after a name that begins a sentence without a comma ("Mark I think"), and what can come before it all the same.
SPEAKERS = frozenset({"i", "we", "he", "she", "they"})
WISHES = frozenset({"hope", "wish", "trust", "long", "say", "just", "once", "next"})
# What can follow "Mark", "Chase" or "Bill" as an order.
OBJECTS = _words(
    """a all an any as away back down each every for her him his it its me my off our out over so some that the their them
    these this those up us your"""
)
# Those of them that follow a company as easily ("Target for one").
ASIDES = _words("as away back down for off out over so some up")
ORDERS = _words(
    """anchor art bank bill board book buck burn bush carry chance change charge chase check chip chuck close connect cook
    cross dash draw drew drive focus foster frame grace grant ground hand hope hunt judge jump lance land link lock mark
    marks match nail open pat peg pike pilot pioneer place plant play point post price push put rock rush shell skip
    spike stew stock store sue target tell tie time top touch trace track trade trust tuck turn value wade walk ward
    wave wish work"""
)
# A word of praise or doubt that makes a sentence by itself.
EXCLAMATIONS = _words(
    """best better bright early easy fair fine first free good grand great happy hard high just kind late long love low magic
    more natural new next old poor quick quiet ready right safe sharp short simple smart smooth solid strong sure
    sweet together true wild wise wonder"""
)
# Before a word with a capital that is then a name, whatever follows it.
LINKS = _words(
    """about and ask asked asking at behind beside between by called cc chase email emailed for from gave give hear heard
    help hired inform invite involve keep know knows let like loop love meet met mr mrs ms of on or phone phoned rang ring
    saw say says see send sent show tell thank thanks that through to told trust under via want wants with without"""
)
TITLES = _words(
    """aunt auntie brother captain chairman cousin dame don dona dr frau herr hon lady lord madam madame meneer mevrouw miss
    mme monsieur mr mrs ms mx president prof professor rev reverend senor senora signor signora sir sister uncle"""
)
# A verb as it stands after a person or a company.
_THIRD_PERSON = _words(
    """agrees answers argues arrives asks assumes begins believes belongs brings builds buys calls came carries chairs
    changes checks claims comes confirms covers cuts deals decides delivers disagrees does doubts draws drives emails ends
    expects explains feels finds finishes fits follows gets gives goes grows handles has hates hears helps hires holds
    hopes is joins keeps knows lacks leads learns leaves lets likes listens looks loses loves makes manages means meets
    mentions minds misses moves needs offers opens orders owes owns pays phones picks plans plays points prefers presents
    promises pushes puts raises reads reckons remembers replies reports rings runs said saw says seems sees sells sends
    sets shares shows signs sits sounds speaks spends stands starts stays stops suggests supports takes talks tells thinks
    tries trusts turns understands uses wants was wins wishes wonders works worries writes"""
)
_PAST = _words(
    """ate became began bought broke brought built came caught chose cut did drew drove fell felt flew forgot found gave got
    grew had heard held hit hurt kept knew laughed led left let lost made meant met paid put ran rang read rose said sat
    saw sent set shook showed shut slept sold spent spoke stood stuck swore taught thought threw told took understood went
    were woke won wrote"""
)
_HELPERS = _words(
    """actually again already also always and can certainly could couldn did didn does doesn even had has hasn here herself
    himself is isn just may maybe might must never now often only or perhaps probably really should shouldn still then
    there too was wasn who whose will won would wouldn"""
)
AFTER_A_NAME = _THIRD_PERSON | _PAST | _HELPERS

# Never a name by themselves: voices that a program numbered, rooms and devices, roles, titles behind a name, particles.
NOT_NAMES = TITLES | _words(
    """admin adviser advisor all analyst and android assistant attendee audience ba board boardroom both bsc caller cbe ceo
    cfo chair chairperson chairwoman chro cio client cmo coach colleague conference consultant consulting contact
    controller coo coordinator cpa cpo cto customer desktop dipl director doctor ea employee engineer esq et everybody
    everyone evp external facilitator female finance first founder galaxy gast group guest hablante head hello host hr
    ii iii info ing interlocuteur internal interviewee interviewer invitado invite ipad iphone it iv jr laptop lead
    leader legal locuteur ma macbook mail male man manager marketing mba mbe md me meeting mobile moderator msc
    multiple myself narrator new nurse obe office operations operator or orador other others ours owner pa panelist
    participant partner pc person phd phone pm po presenter procurement product production project pronouns qa
    reception recorder recording room sales samsung second secretary service several speaker sponsor sprecher
    sprecherin spreker sr staff student support svp teacher team teams teilnehmer teilnehmerin theirs them third
    trainer unbekannt und unidentified unknown us user various voice voices vp woman zoom"""
)
PARTICLES = _words(
    """abu af al ap av ben bin bint da dal dalla das de degli del della delle den der di do dos du e el ibn la le les lo op
    san santa st te ten ter ul van von y zu zum zur"""
)
GIVEN_NAMES_TOO = _words("abu al ben dal della di do le lo santa van")

# What says nothing about which company it is.
GENERIC_WORDS = _words(
    """a advisors advisory agency am american an and associated associates association at bakeries bakery bank banque borough
    british by capital care central city club college compagnie company consultancy consultants consulting council county
    da das data de del department der di die digital district do east energy et european federal first for foundation
    general global great greater group groupe gruppe health holding holdings hospital hotel hotels house im in institute
    international invest lab labs les logistics lower media ministry museum my national new north of office old on one our
    partner partners partnership restaurant royal saint school schools service services society software solutions south
    st state studio studios systems tech technologies technology the theatre town trust und united universitat universite
    university upper ventures von west y your"""
)
