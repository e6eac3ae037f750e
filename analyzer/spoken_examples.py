"""Invented speech for each sign and opening, and for what is easily taken for a sign; spoken by no real client.

`analyzer.signs` hands these out on its dataclasses. The offline engine learns from them, so whoever changes one fits
that engine anew (`scripts/train_offline.py`).
"""

from analyzer.model.findings import OpeningId, SignId

SIGN_EXAMPLES: dict[SignId, tuple[str, ...]] = {
    SignId.OUTSIDE_VALIDATION: (
        (
            "Well, the two depots are merging, that's printed already. What the drivers' committee wants to see "
            "is that somebody from outside looked at it."
        ),
        "So could the summary go first? And the summary would say, more or less, that the regional model comes out ahead.",
        "My co-founder thinks I've made it up as I go along. If it's got your letterhead on it he'll have to swallow it.",
        (
            "I wouldn't interview the Leeds people, no. They'll only tell you they'd rather stay as they are, "
            "and that's not really the question any more."
        ),
        "Look, we both know where this lands. I just need it to land from your mouth and not from mine.",
        "Is there a benchmark you can use where we come out as over-staffed? There must be one.",
        "We've told the landlord, so, uh, from that side it's done. The study is more for the staff meeting in June.",
        "You'd present it, I'd sit at the back. It's better if it doesn't look like it's come from me.",
        "I had a slide made with the recommended option, you can take it as it is, only the colours are ours and not yours.",
        "If option two stays in the paper, somebody's going to pick option two. Can it be an appendix?",
        "The last fellow found the opposite, bless him. So we're getting a second opinion, and then it's one all and I decide.",
        "Honestly, your job in that room is to nod. They know you did the hospital in Bergen.",
        "I would prefer that we say an independent assessment. Evaluation sounds as if it could still go the other way.",
        (
            "The contract with the new supplier starts in May whatever. I need four pages of why, by an expert, "
            "for the auditor's file."
        ),
        "Could you ask the question a bit more like, how much would you welcome it? Instead of whether.",
        "No no, I'm not asking you whether. I know whether. I'm asking you to be the one who says it.",
    ),
    SignId.OUTSOURCED_MANAGEMENT: (
        "Between us, she thinks she's doing grand. I thought it might come up naturally in one of your sessions.",
        "Could you sit in on his Monday meetings and, I don't know, drop me a line after about how he comes across?",
        "I've not said anything to him myself, no. He gets ever so defensive with me. You've got a way with people.",
        "What we need is six sessions on the record, so that nobody can say that he wasn't given a chance.",
        "You're seeing the whole team anyway, so you'll know who is pulling and who isn't. A short list would do me.",
        "I'd rather be out of the building that day, to be frank. You tell them, and I'll come in on the Thursday.",
        "Fix Gareth and I'm happy. I don't care how you do it.",
        "He has been late with every report since spring. I have not made a thing of it, but you could, as a neutral person.",
        "HR says that there must be a development measure first, before the separation. So you are the measure.",
        "I don't do those conversations. That's why God made coaches.",
        "If you noticed that she wasn't up to it you'd put that in writing, wouldn't you? Just a line, with a date.",
        "Can you find out for me whether he's looking for another job? He'd tell you.",
        (
            "They've been at each other's throats for two years. I just shut my door. I was hoping you'd take "
            "the pair of them off my hands."
        ),
        "Her targets, yeah, maybe you could set those with her. You've got a better idea of what good looks like than me.",
        "Would you be all right calling him in on Friday? And then you let me know how he took it.",
        "The appraisal's overdue, I know. I thought if you did the three-sixty, that more or less is the appraisal.",
    ),
    SignId.BOARD_MANDATE: (
        "The investors put it in the hundred-day plan, line fourteen, so here you are, line fourteen.",
        "What's the shortest thing you do that still comes with a certificate?",
        "Group sends us a template every quarter and there's a field for the external coach. It turns red if it's empty.",
        "I'd never have picked this myself. Head office picks, we pay, that's how it goes in a subsidiary.",
        "The inspector will ask whether there's a programme. He won't ask whether it's any good.",
        "As long as it has started before the supervisory meeting. What happens after that is, well, we'll see.",
        "You tell me what you need from us so that they're content up there, and I'll make sure nobody gets in your way.",
        "Me? I'd have bought a second van. But the trustees have read an article about culture.",
        "If you can send me something with a date and a signature for the pack, then the chairman is off my back till spring.",
        "Do people actually have to attend, or is it enough that they're invited?",
        (
            "Corporate wants a succession plan from each country. We've got nobody to succeed anybody, but fine, "
            "let's make the plan."
        ),
        "It's a condition of the loan. The bank says governance coaching, so we're having governance coaching.",
        "The letter says by the thirty-first. It doesn't say anything about what's meant to be different on the first.",
        "Our parent in Osaka has decided that all of the plants do this. I was informed on the Tuesday.",
        "I'm not against it, I just don't know what I'd do with it. They asked for it, so you'd have to ask them.",
        "Let's keep it so that I can report something every month and the lads can carry on with the work.",
    ),
    SignId.ILLUSION_OF_CHANGE: (
        "The launch film's lovely, by the way. The decision rights thing, let's park that till people have settled.",
        (
            "We did say that the directors would give up their parking spaces first. I think that may send the "
            "wrong signal just now."
        ),
        "Can we call it a pilot? And perhaps not in Sales. Or in Production. Perhaps with the trainees.",
        "Everyone loved the workshop. No, nobody's done the homework, but the energy in that room, honestly.",
        "I'm all for feedback, me. I just don't think that I should be in the first round. Or the second, with my diary.",
        "We've renamed the heads of department. They're chapter leads now. They still sign everything, obviously.",
        "The values are up in all of the corridors. As for the bonus scheme, that is a different matter and I'd leave it out.",
        "It's in the roadmap. It was in last year's roadmap as well, but it's higher up now.",
        "Yes, yes, the weekly check-ins, great idea. We'll start once the season is over. Well, there's always a season.",
        "What if we kept the old process, but put your diagram in front of it?",
        "My managers need to change how they lead. I myself am too old for that, ask my wife.",
        "I did read your three suggestions. Could there be a version of them where nobody has to stop doing anything?",
        "We set up a working group for it. They've set up two more groups, so it's moving, in a way.",
        "Let's do the survey again. I know we haven't done anything with the first one, but it shows that we listen.",
        "I'd soften that. Instead of will hand over, say, explores the handing over of.",
        "We had the open-door day, photographer and all. The door's shut again now because of the noise.",
    ),
}

NEAR_MISS_EXAMPLES: dict[SignId, tuple[str, ...]] = {
    SignId.OUTSIDE_VALIDATION: (
        "We've decided for the smaller hall, so that's done. Can you live with no windows?",
        "I lean towards closing it, I'll admit. If you find a reason not to, I'd be glad to hear that now and not in a year.",
        "The decision's ours and I'll stand up and say so. What I want from you is how to say it without losing the room.",
        "We are going with the two-team structure. Nobody needs convincing, I need someone who's moved forty desks before.",
        "Please put in what the night shift said, even the rude bits. I'd rather read it from you than find out later.",
        "An outside view would help, because we've been round it so often that we can't see it any more.",
        "The board has seen both options and hasn't a favourite. Neither have I, to tell the truth.",
        "I know what I'd pick. So talk me out of it.",
        "We already chose the software, that was in autumn. It's only the training plan that's open.",
        "If your report says that we were wrong, then it says that. I'll pass it on as it is.",
        "My partner and I don't agree, so we want somebody to take us through it properly, both sides.",
        "The date's fixed, because of the school holidays. Everything else is up for grabs.",
        "I've written the announcement myself. Would you read it and tell me where I sound like a robot?",
        "We had an expert in for the roof as well. He was useful, he told us it didn't need doing.",
    ),
    SignId.OUTSOURCED_MANAGEMENT: (
        (
            "I told her on Monday, in plain words, that the numbers aren't there. She'd like somebody to think "
            "it through with, and that could be you."
        ),
        "His review's on Thursday. I'm doing it, HR's there, I've slept badly, but that's how it is.",
        "What he says in your sessions isn't for me to hear. That's his business.",
        "We let two people go in spring. I did that myself and I'd do it myself again.",
        "How do I open that conversation? I've had it in my head for a week and it always starts with an apology.",
        "He asked for a coach. We've written down the three aims, all of us signed it, he chose two of them.",
        "We're building a feedback round which the team leads will run on their own after summer.",
        "Her probation ends in June, and I've told her what I need to see by then. That's not why you're here.",
        "Can you watch me in the meeting and tell me afterwards what I do with my face?",
        "If they fall out again, then I'll sit down with both of them. It's my job, I just want to do it better.",
        "The performance tool's new, we've all been trained on it, it's fine, a bit blue.",
        "I said to him, listen, I should have told you this a year ago, and I didn't, and I'm sorry.",
        "My deputy is not well, so I've taken her reports on. We do the one-to-ones on the walk to the station.",
        "I'd like the team to decide for themselves who leads the project, and I'll live with what they say.",
    ),
    SignId.BOARD_MANDATE: (
        "The board meets on the fourth, so I'm away that week. Any other week is fine.",
        "Our chair started it, and I was the one pushing from below. It's about the only thing that we've agreed on this year.",
        "The regulator asks for it, yes, but we'd been wanting to sort out the handovers for ages, and this pays for it.",
        "No, they haven't asked for anything. They approved the budget and went for lunch.",
        "She's coming along herself, our main investor, for the whole day, and she'd like to be treated as one of the group.",
        "Headquarters lets us do as we like here, it's the good thing about being far away.",
        "I'll have to get it signed off upstairs, that takes a week, it's only a formality.",
        "The audit told us to do it. I was cross for a day and then I thought, they're right, we drop things between shifts.",
        "I'd want this if nobody had ever asked. I've been losing a nurse a month.",
        "The trustees are lovely. They bring cake, they ask hard questions, they read the papers.",
        "Group gave us some money for development and we may spend it on whatever we think is best.",
        "We'll show the board the results in autumn, good or bad. They were told it may be bad.",
        "My boss wanted to know who you were, so I sent her your page. She said have fun.",
        "I've got the certificate on my wall from the last one, and I still use the questions every week.",
    ),
    SignId.ILLUSION_OF_CHANGE: (
        "We can't in March, that's the stocktake. But I've booked the second week of April, and Lena runs it.",
        "I don't think the weekly meeting is right for the night team. They came up with a board by the door, shall we try that?",
        "We did the first two steps. The third was harder than I thought, so could we go through that one together?",
        "I'm tired, if I'm honest. But we've moved the desks and nobody's moved them back.",
        "I was the worst offender, so I've started with my own diary. Fridays are empty now, and it feels dreadful.",
        "The union has to be heard first, that's the law. The meeting with them is on the ninth.",
        "I'm not sure about the method. The people, yes, the goal, yes, but the cards with the animals, no.",
        "We dropped the poster idea. It's nicer if they see it in the rota.",
        "It went wrong in the first week, properly wrong. We kept going and it's less wrong now.",
        "No to the away day this year, there's no cash for it. Could we do three mornings in the canteen?",
        "She's handed over the budget, all of it. She told me she sat on her hands for a month.",
        "We'd postpone the kick-off by ten days so that the new site manager is in it from the start.",
        "I took out the bonus for the single shop. There was shouting, and then it was quiet.",
        "Can we make it smaller? One team, but all the way through, with everything that it takes.",
    ),
}

OPENING_EXAMPLES: dict[OpeningId, tuple[str, ...]] = {
    OpeningId.UNUSED_CAPACITY: (
        "The training room upstairs is empty from Wednesday on, every week, nobody's in there.",
        "I've a gap in February, about six days, because another project has moved.",
        "We pay for that survey tool all year and use it once.",
        "There's two analysts on the second floor who finished the migration and are more or less waiting for something.",
        "You know I worked as a mediator for ten years? You've never asked me for that.",
        "Half of the budget for development's still there, and in December it's gone.",
        "My colleague speaks Polish, by the way. She sits at home on Mondays.",
        "We've a test kitchen that gets used twice a month.",
        "Our apprentices would love to help. They sweep the yard at the moment, to be blunt.",
        "I'm up here with the train anyway, and from two o'clock on I've nothing in the diary.",
        "We recorded all of those exit interviews, forty of them, and no one has ever listened to them.",
        "The van stands still on weekends.",
    ),
    OpeningId.FURTHER_TOPICS: (
        "That's another story, but what happens with the firm when my father stops, we've never talked about that with anybody.",
        "Once this is done I'd want to talk about the service side, because there it's the same problem, only worse.",
        "Have you ever worked on pricing? Because that's what really keeps me awake.",
        "Our sister company in Ghent has just bought a competitor, and they've no idea how to put the two together.",
        "It would be worth it to think about how you bring new people in. That's a different piece of work, though.",
        "Something else, not for today: we want to found an academy, and I wonder if that's a thing for us both.",
        "I notice that your branch heads never meet. One could make something out of that.",
        "We'll have to find a new head of operations next year, and I'd like to think about that role first.",
        "The suppliers have the same trouble as us. Maybe one could do it with them together.",
        "Have I mentioned the night school? You'd have ideas for that.",
        "If it works here, then the clinics in the south would be next, and there I'd need someone who knows clinics.",
        "What about you and us writing something together on it, for the trade association?",
    ),
    OpeningId.BETTER_WAYS: (
        "Instead of the long report, couldn't you just ring me on a Friday for ten minutes?",
        "If I got straight at the figures, you'd not have to make those slides for me every month.",
        (
            "Let's do the preparation in a shared document, then we don't spend the first half hour telling each "
            "other what happened."
        ),
        "We could drop two of the four workshops and put the days into the shop floor.",
        "Next time have Olga in from the start, then we don't have to say everything twice.",
        "Why do we invoice by the day? Take a fixed amount a quarter and nobody has to count.",
        "I'd need an answer within a day or so. When it goes by way of procurement I wait three weeks.",
        "What if your people did the interviews, and I just trained them for it? It would be quicker and it'd stay with you.",
        "Short and often would suit us better than these half days.",
        "Send me the raw notes, honestly. You needn't make them nice for me.",
        "One contact on each side, and the rest read along. At the moment I get the same question from three of you.",
        "Could we meet at your place, walking, without a screen? We've always got further that way.",
    ),
    OpeningId.SHARES_CONTEXT: (
        "Orders are down by a fifth since summer. We haven't told people yet.",
        "To be honest, it's tight this year. I've put off hiring twice.",
        "We lost our biggest account in March, so I'm looking at everything with different eyes.",
        "On our side it's going well, nearly too well. I had to turn two clients away.",
        "Here's how things stand: my business partner wants out, and I can't pay him out.",
        "We've just won the tender in Malmo, that's three years of work, and I don't know yet with whom.",
        "Sick leave's at eleven per cent on the wards. I lie awake over that.",
        "I'm building up a second leg, with online courses, and it's eating money at the moment.",
        "The owner is thinking of selling. It's not certain, but that's the background to all this.",
        "Margins are thin. We make four per cent in a good year, and it's not been a good year.",
        "I've taken on a colleague since January, so I've got to be fuller than I used to be.",
        "The young ones don't stay. We trained nine and have kept two.",
    ),
}
