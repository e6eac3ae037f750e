"""The words by which speakers' names are judged: titles, degrees, remarks in brackets that name no company, free mail."""

from analyzer.names import fold_text


def _set(words: str) -> frozenset[str]:
    """Entries one a line or between semicolons, folded."""
    return frozenset(fold_text(word) for part in words.splitlines() for word in part.split(";") if word.strip())


TITLES = dict.fromkeys("dr prof professor doctor rev dipl".split(), "")  # noqa: SIM905 - reads better
TITLES |= dict.fromkeys(("mr", "mister", "sir", "herr", "monsieur", "signor", "senor", "dhr"), "m")
TITLES |= dict.fromkeys(("mrs", "ms", "miss", "madam", "dame", "frau", "mme", "mlle", "madame", "sra", "senora", "mevr"), "f")
DEGREES = frozenset({"phd", "md", "mba", "cpa", "esq", "msc", "bsc", "cfa", "pmp", "llm", "llb"})
GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
HONORIFICS = ("\u3055\u3093", "\u69d8", "\u3055\u307e", "\u5148\u751f", "\ub2d8")
# What is no person: words that no company has in its name, and words that it may have.
MACHINES = _set("""
room;rooms;conference;boardroom;raum;besprechungsraum;konferenzraum;salle;sala;huddle;iphone;ipad;macbook;laptop;tablet;dial-in
notetaker;recorder;bot
""")
PLACES = _set("""
lobby;office;studio;floor;building;phone;telephone;mobile;android;galaxy;pixel;pc;desktop;device;browser;webcam;family;team
""")
NO_COMPANIES = _set("""
guest;guests;unverified;verified;external;extern;externe;externo;extended;internal;intern;interne;host;co-host;cohost;organizer;
organiser;presenter;panelist;panellist;attendee;participant;speaker;moderator;chair;me;you;myself;owner;admin;observer;optional
gast;invit\u00e9;invit\u00e9e;invitado;invitada;ospite;convidado;h\u00f4te;anfitri\u00f3n;organisator;du;ich
moi;vous;yo;t\u00fa;io;ik;jij
nicht verifiziert;nicht \u00fcberpr\u00fcft;no comprobado;no verificado;n\u00e3o verificado;extern;esterno
non v\u00e9rifi\u00e9;sin verificar;non verificato;niet geverifieerd
\u30b2\u30b9\u30c8;\u8bbf\u5ba2;\u8a2a\u5ba2;\uac8c\uc2a4\ud2b8
contractor;freelancer;freelance;consultant;vendor;supplier;client;customer;partner;temp;trainee;volunteer;retired;interim;acting
sales;marketing;hr;finance;legal;it;ops;operations;product;design;engineering;support;procurement;purchasing;accounting;strategy
people;communications;research;data;r&d;admin team;leadership;management;board;team;the team;customer success
uk;us;usa;eu;emea;apac;dach;de;fr;nl;es;ch;at;ie;ca;au;nz;remote;online;on-site;onsite;in person;home;wfh;ooo;away;muted;mobile
jr;sr;ii;iii;iv;phd;md;mba;cpa;esq;speaking;interpreter;translator;n/a;unknown;none;new;test;deleted;former;inactive
ceo;cto;cfo;coo;cio;ciso;cmo;cpo;chro;md/ceo;vp;svp;evp;gm;pm;ea;pa;founder;co-founder;cofounder
""")
ROLES = _set("""
director;manager;president;engineer;officer;consultant;contractor;interpreter;assistant;analyst;coordinator;supervisor;secretary;
founder;co-founder;chairman;chairwoman;chairperson;accountant;developer;designer;architect;recruiter;advisor;adviser;coach;head;
guest;external;unverified;host;intern;apprentice;leiter;leiterin;directeur;directrice;g\u00e9rant
""")
LEGAL = frozenset("ltd limited inc llc llp plc gmbh ag kg se sa sas sarl bv nv ab as oy spa srl co corp company".split())  # noqa: SIM905 - reads better
POST_OFFICES = _set("""
gmail;googlemail;outlook;hotmail;live;msn;yahoo;ymail;rocketmail;icloud;aol;gmx;proton;protonmail;tutanota;fastmail;yandex;zohomail
t-online;freenet;laposte;libero;virgilio;tiscali;wanadoo;btinternet;talktalk;ntlworld;comcast;verizon;sbcglobal;bellsouth;cox
bluewin;hispeed;seznam;rediffmail;naver;daum;hanmail;qq;163;126;sina;foxmail;arcor;skynet;telenet;ziggo;xs4all;kpnmail;hushmail
me.com;mac.com;mail.com;email.com;web.de;free.fr;orange.fr;sfr.fr;sky.com;o2.pl;wp.pl;onet.pl;interia.pl;mail.ru;bk.ru;list.ru
inbox.ru;uol.com.br;bol.com.br;terra.com.br;pm.me;hey.com;duck.com;att.net;home.nl;planet.nl;virginmedia.com;post.cz;centrum.cz
zoho.com;posteo.de;mailbox.org;calendar.google.com;alice.it;bigpond.com;rogers.com;shaw.ca;nate.com;docomo.ne.jp;ezweb.ne.jp
""")
