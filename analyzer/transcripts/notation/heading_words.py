"""The words by which a label or a title is known not to be somebody's name, in the languages in which people keep minutes.

A field (`Date:`, `Ort:`, `出席者`) stands above the talk and says something of the meeting; a title
of notes (`Summary`, `Actions à mener`) says that what follows was written about the talk; a topic (`Problem:`, `Budget:`) is what
somebody talks about and writes a colon behind.
"""

# ruff: noqa: RUF001 - words of other scripts


def _set(words: str) -> frozenset[str]:
    """Entries one a line or between semicolons, folded as `str.casefold` does."""
    return frozenset(word.strip().casefold() for part in words.splitlines() for word in part.split(";") if word.strip())


DATE_FIELDS = _set("""
date;dates;when;time;meeting date;call date;recording date;date and time;date & time;date/time;date of meeting;recorded
recorded on;started;start time;meeting started;held on;datum;tag;termin;datum und uhrzeit;besprechungsdatum
date de la réunion;date et heure
fecha;fecha y hora;data;data e ora;data e hora;datum en tijd;dato;datum och tid;päivämäärä;pvm;data i godzina;termín;dátum;tarih
дата;дата и время;дата та час;תאריך;מועד;التاريخ;تاريخ;日時;日付;開催日;開催日時;実施日;会議日時;日期;时间;時間;会议时间
會議時間;일시;날짜;회의 일시;일자
""")
TITLE_FIELDS = _set("""
title;subject;meeting;topic;meeting title;meeting name;meeting topic;name of meeting;call title;event;betreff;thema;titel
besprechung;anlass;objet;sujet;titre;thème;réunion;asunto;tema;título;reunión;oggetto;titolo;argomento;riunione;assunto
título da reunião;reunião;onderwerp;vergadering;emne;ämne;möte;aihe;otsikko;temat;tytuł;předmět;téma;název;tárgy;konu;başlık
toplantı;тема;название;встреча;נושא;נושא הפגישה;פגישה;الموضوع;موضوع;عنوان;العنوان;会議名;件名;議題;題名;テーマ;会议名称;会议主题
主题;议题;會議名稱;主題;회의명;주제;제목;안건
""")
CLIENT_FIELDS = ("client", "customer", "company", "kunde", "klant", "klient")
SETTING_FIELDS = _set("""
topics;location;place;venue;duration;length;recording;platform;language;project;ort;raum;dauer;uhrzeit;beginn;ende;zeit
aufnahme;sprache;lieu;salle;durée;heure;langue;lugar;sala;hora;duración;idioma;luogo;ora;durata;lingua;local;duração;plaats
locatie;tijd;tijdstip;duur;sted;tid;varighed;varighet;plats;paikka;kesto;miejsce;czas;godzina;czas trwania;místo;čas;doba;hely
időpont;yer;saat;süre;место;время;длительность;продолжительность;місце;час;מקום;שעה;משך;المكان;مكان;الوقت;المدة;場所;会場;時刻
所要時間;地点;地點;时长;會議地點;会议地点;장소;시간;소요 시간
""")
"""Where, how long and in what language: such a field says nothing of who speaks, and neither that notes follow."""
PEOPLE_FIELDS = _set("""
attendees;participants;present;apologies;invitees;invited;absent;meeting participants;also present;in attendance;speakers
teilnehmer;teilnehmende;teilnehmerinnen;teilnehmer:innen;anwesend;anwesende;abwesend;entschuldigt;présents;présent;excusés
absents;participants présents;asistentes;participantes;presentes;ausentes;partecipanti;presenti;assenti;deelnemers;aanwezig
aanwezigen;afwezig;deltagere;deltagare;närvarande;til stede;osallistujat;läsnä;uczestnicy;obecni;nieobecni;účastníci;přítomni
omluveni;résztvevők;jelenlévők;katılımcılar;участники;присутствовали;присутствующие;отсутствовали;учасники;присутні;משתתפים
נוכחים;נעדרים;الحضور;المشاركون;الحاضرون;المشاركين;出席者;参加者;欠席者;出席;参会人员;与会人员;出席人员;參會人員;與會人員
出席人員;与会者;參加者;참석자;참가자;참여자;불참자
""")
OTHER_FIELDS = _set("""
organiser;organizer;file;filename;source;kind;region;style;link;url;http;https;mailto;email;e-mail;tel;phone;www;contact
mime-version;content-type;content-transfer-encoding;message-id;received;return-path;delivered-to;reply-to;in-reply-to;references
from;to;cc;bcc;fw;fwd;re;sent;gesendet;envoyé;unsubscribe;copyright;protokollführer;protokollant;schriftführer;verfasser
rédacteur;redactor;verbale redatto da;記録者;書記;作成者;记录人;紀錄;記錄;작성자;서기;протокол вёл;секретарь;protokołował
""")

_NOTES = """
note;notes;nb;summary;recap;overview;agenda;meeting notes;action;actions;todo;todos;to-do;to do;decision;decisions;outcome
outcomes;conclusion;conclusions;risks;highlights;chapters;keywords;takeaway;takeaways;abstract;outline;gist;synopsis;minutes
view recording;matters arising;any other business;aob;next meeting;sentiment;action log;zusammenfassung;kurzfassung;überblick
übersicht;notiz;notizen;protokoll;aufgaben;aufgabe;maßnahme;maßnahmen;beschluss;beschlüsse;ergebnis;ergebnisse;aktionspunkte
aktionen;to-dos;tagesordnung;vereinbarungen;fazit;nächste schritte;die nächsten schritte;weiteres vorgehen;offene punkte
offene fragen;wichtige punkte;wichtigste punkte;kernpunkte;entscheidungen;entscheidung;meine notizen;nächster termin;résumé
synthèse;compte-rendu;compte rendu;décision;décisions;prochaines étapes;étapes suivantes;points clés;points d'action
points d’action;points à retenir;actions à mener;actions à faire;actions à suivre;action à mener;plan d'action;plan d’action
liste des actions;tâches;à faire;ordre du jour;relevé de décisions;mes notes;prochaine réunion;resumen;notas;acuerdos;tareas
acciones;decisiones;próximos pasos;siguientes pasos;puntos clave;puntos de acción;plan de acción;acciones a realizar
orden del día;conclusiones;mis notas;próxima reunión;compromisos;pendientes;riepilogo;sintesi;riassunto;azioni;decisioni
prossimi passi;punti chiave;punti salienti;azioni da intraprendere;compiti;attività;ordine del giorno;conclusioni;note personali
cose da fare;resumo;ações;tarefas;decisões;próximos passos;pontos-chave;pontos chave;pontos de ação;itens de ação;plano de ação
pauta;conclusões;encaminhamentos;ordem do dia;samenvatting;notities;actiepunten;acties;besluiten;besluit;volgende stappen
vervolgstappen;takenlijst;kernpunten;conclusie;podsumowanie;notatki;notatka;zadania;ustalenia;decyzje;wnioski;następne kroki
kolejne kroki;punkty do wykonania;działania;shrnutí;poznámky;úkoly;závěry;další kroky;rozhodnutí;zápis;összefoglaló;feladatok
döntések;következő lépések;sammanfattning;anteckningar;åtgärder;beslut;nästa steg;resumé;referat;sammendrag;noter;handlinger
beslutninger;næste skridt;neste steg;oppgaver;opgaver;yhteenveto;muistiinpanot;päätökset;toimenpiteet;seuraavat vaiheet
seuraavat askeleet;özet;notlar;kararlar;aksiyonlar;görevler;sonraki adımlar;gündem;итоги;итог;резюме;решения;решение;задачи
поручения;повестка;повестка дня;следующие шаги;дальнейшие шаги;заметки;выводы;протокол;краткое содержание;план действий;підсумки
завдання;рішення;наступні кроки;нотатки;סיכום;סיכום הפגישה;החלטות;משימות;צעדים הבאים;הצעדים הבאים;פעולות;הערות;סדר היום;תקציר
الملخص;ملخص;القرارات;المهام;الخطوات التالية;الإجراءات;ملاحظات;جدول الأعمال;بنود العمل;التوصيات;要約;まとめ;議事録;摘要;概要
決定事項;アクションアイテム;宿題;次のステップ;今後の予定;次回の予定;備考;タスク;所感;メモ;总结;總結;会议纪要;會議紀要;待办事项
待辦事項;行动项;行動項目;决议;決議;下一步;后续步骤;備註;备注;요약;회의록;결정사항;결정 사항;할 일;액션 아이템;다음 단계;메모
비고
"""
NOTES = _set(_NOTES) | PEOPLE_FIELDS | DATE_FIELDS | TITLE_FIELDS | SETTING_FIELDS
"""Titles of what is not speech, those of fields among them."""
TASKS = _set("""
action;actions;item;items;task;tasks;todo;todos;to-do;to-dos;steps;decisions;aufgaben;aufgabe;maßnahmen;schritte;aktionspunkte
tareas;acciones;pasos;azioni;passi;tâches;mener;étapes;actiepunten;acties;stappen;zadania;ustalenia;kroki;ações;passos;úkoly
kroky;задачи;поручения;шаги;משימות;צעדים;المهام;宿題;アクションアイテム;待办事项
""")
"""Words of a title below which a name and a colon say who has to do something."""
NEUTRAL = TITLE_FIELDS | DATE_FIELDS | SETTING_FIELDS
"""Titles that say neither that the talk begins nor that something else does."""

TOPICS = _set("""
problem;problems;question;questions;issue;issues;solution;solutions;reason;reasons;result;results;goal;goals;cost;costs;money
budget;budgets;risk;blocker;blockers;plan;plans;process;product;products;market;markets;revenue;strategy;strategies;value;design
data;quality;training;hiring;recruiting;event;events;timeline;timelines;scope;status;priority;priorities;deadline;due;comment
comments;purpose;objective;objectives;requirement;requirements;pricing;staffing;resources;opinion;feedback;background;context
example;examples;idea;ideas;option;options;step;steps;proposal;answer key;fact;facts;truth;lesson;lessons;point;points;advantage
advantages;disadvantage;disadvantages;pros;cons;benefit;benefits;challenge;challenges;opportunity;opportunities;threat;threats
strength;strengths;weakness;weaknesses;effect;cause;impact;effort;quote;meaning;translation;correction;update;updates;news
warning;tip;reminder;remember;important;caution;danger;disclaimer;attention;ps;spoiler;remark;remarks;discussion;resolved
resolution;resolutions;motion;diskussion;info;warn;error;debug;trace;fatal;critical;notice;exception;ingredients;serves;servings
method;directions;instructions;yield;license;licence;version;usage;install;installation;test;tests;build;dependencies
description;parameters;arguments;returns;output;input;default;defaults;settings;features;changelog;where;time;nothing;none
everything;anything;something;conclusion;intro;introduction;chapter;section;figure;table;age;city;address;country;colour;color
size;weight;phone;fax;website;total;subtotal;amount;quantity;tax;vat;invoice;order;reference;number;code;password;username;login
preis;kosten;frage;fragen;antwort;grund;ziel;beispiel;hinweis;achtung;wichtig;lösung;ergebnis;problème;raison;exemple;réponse
coût;problema;solución;razón;ejemplo;pregunta;respuesta;coste
""")
"""What people name with a colon behind it while they talk, or what a form, a program or a recipe does; never who speaks."""
KEYS = _set("""
name;host;port;type;id;version;image;value;key;path;password;url;kind;spec;metadata;server;env;args;command;status
title;label;labels;tags;run;uses;steps;on;with;description;enabled;timeout;level;debug;mode;format;default;required;properties
""")
"""Names of settings where they are written small; `Host:` with a capital is somebody."""
MAIL_HEADERS = _set("""
mime-version;content-type;content-transfer-encoding;message-id;received;return-path;delivered-to;in-reply-to;references;x-mailer
x-originating-ip;dkim-signature;reply-to;thread-topic;thread-index;authentication-results;received-spf
""")
"""Fields that only a mail as programs send it has."""
