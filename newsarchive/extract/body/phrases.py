"""What lines say that are no part of the story, in the words papers use for it: pointers, invitations, labels.

Word lists by language, each for a thing that every paper has. A line is judged by how it begins or as a whole, never by
a single word inside a sentence.
"""

from __future__ import annotations

import re

# "Read also: …" and its like, at the beginning of a line: a pointer to another story.
_POINTERS = (
    r"(?:also|further|must)[ -]read|read (?:more|also|next|here)|see also",
    r"related(?: (?:articles?|stor(?:y|ies)|news))?",
    r"more (?:on|from|about) |watch(?: now| more| live)?:|don['’]t miss|recommended|you (?:may|might) (?:also )?like",
    r"most read|what to read next|explore more",
    r"les også|læs også|läs (?:också|mer|även)|lue myös|lees (?:ook|meer)",
    r"lesen sie|mehr zum thema|mehr (?:dazu|über)|lesetipp|zum (?:artikel|thema):|hier finden sie",
    r"(?:noch )?(?:mehr|weitere|alle) .{3,80} (?:finden|lesen) sie (?:auf|bei|hier|unter|in unser)",
    r"à lire|lire aussi|voir aussi",
    r"leer (?:más|también)|lea también|te puede interesar|noticias? relacionadas?|leia (?:também|mais)|veja também",
    r"leggi anche|potrebbe interessarti|baca juga|ayrıca okuyun",
    r"czytaj (?:też|także|więcej)|čtěte|přečtěte|mohlo by vás|читайте (?:также|також|ещё)",
    r"اقرأ (?:أيض[ًا]+|المزيد)|קראו (?:גם|עוד)|עוד בנושא|อ่านเพิ่มเติม|อ่านต่อ|อ่านข่าว|xem thêm|đọc thêm",
    r"इसे भी पढ़ें|ये भी पढ़ें",
    r"相[关關][阅閱][读讀]|相[关關]新[闻聞]|相[关關][报報][道導]|延伸[阅閱][读讀]|推[荐薦][阅閱][读讀]",
    r"(?:[请請])?[继繼][续續](?:往下)?[阅閱][读讀]",
    r"更多(?:新[闻聞]|[报報][道導]|[阅閱][读讀])?[：:>]|看更多|[阅閱][读讀]更多|[点點][击擊][进進]入",
    r"関連記事|あわせて読みたい|こちらも読む|관련 ?기사|함께 보면",
)
# What the house wants of the reader, or says about the page itself: at the beginning of a line,
_INVITING_STARTS = (
    r"(?:follow|like|join|find) (?:us|me|our|@\w+)\b.{0,60}\b(?:on|whatsapp|telegram|facebook|twitter|instagram)\b",
    r"(?:click|tap) here (?:to|for)\b",
    r"(?:puede[sn]? seguir|sígue|sigue(?:nos)?|suscríbete|apúntate|únete|siga|acompanhe|"
    r"inscreva-se|assine|receba|seguici|iscriviti|suivez|abonnez|inscrivez|folgen sie|folge uns|abonnieren|"
    r"obserwuj|zapisz się|подпис|takip|ikuti)"
    r".{0,120}\b(?:facebook|twitter|instagram|whatsapp|telegram|youtube|tiktok|google|newsletter|boletín|рассылк|канал)",
    r"(?:have|got) (?:a )?(?:news )?tips?\?|.{0,80}\b(?:can|may) be reached (?:at|via|by)\b",
    r"a version of this (?:article|story) (?:appear|was)|\[\w+[^\]]{0,200}\].*\[/\w+\]$",
    r"(?:reach|contact|e-?mail|write to)\b.{0,60}\S@\S|(?:特[别別]|[郑鄭]重)[声聲]明\s?[：:]",
    # Thank you for reading; did you like it?
    r"thank(?:s| you) for reading|danke (?:fürs lesen|dass sie)|merci d['’]avoir lu|gracias por leer|dziękujemy,? że"
    r"|did you (?:like|enjoy) this|(?:hat|haben) ihnen .{0,20}gefallen|cet article vous a plu|(?:¿)?te ha gustado"
    r"|(?:.{0,20}: )?gostou d[eo]ss?[te]{1,2} (?:texto|conteúdo|artigo|reportagem)",
    # Support us, so that we can go on.
    r"(?:підтримайте|поддержите|support (?:us|our|local|independent)|soutenez|unterstützen sie|apóyanos|sostieni"
    r"|steun ons|støtt oss|stöd oss|wesprzyj|podpořte)\b"
    r".{0,200}(?:donat|донор|донат|journalis|журналист|журналіст|rédaction|redaktion|redac|редакц|читач|darowizn)",
    # The author's opinion is not the house's.
    r"(?:мнени[ея] автор|точка зрения автор|думк[аи] автор|(?:the )?(?:views|opinions) expressed|las opiniones expres"
    r"|les (?:opinions|propos) exprimés?|die meinung de[rs] autor).{0,120}"
    r"(?:редакци|редакці|do not|not necessarily|no reflej|n['’]engage|nicht (?:unbedingt|die))",
    r"[（(]?(?:本(?:[網网報报刊台站欄栏]|文章?)|以上(?:文章|內容|内容|[觀观][點点]))[^。]{0,60}"
    r"(?:立[場场]|不代表|[僅仅]代表|[觀观][點点]|意[見见]|批[評评]).*[)）]$",
    r"(?:文[:：／/] ?)?(?:本文)?作者[是為为系係現现任][^。！？]{4,60}$",
    # This article is for those who pay.
    r"(?:this|dieser?s?|der|cet|este|esta|questo|dit|den(?:ne|na)?|det(?:te|ta)|ten|contenido|conteúdo|contenuto)\b"
    r".{0,80}\b(?:subscribers|abonnent\w*|abonnees|suscriptores|assinantes|abbonati|prenumer\w+|subskryb\w+|tilaajille)\b",
)
# or anywhere in it.
_INVITATIONS = (
    r"\bnewsletters?\b.{0,80}\b(?:sign|subscri|inbox|here|free|anmeld|abonn|suscri)",
    r"\bnewsletter\b.{0,20}\binformiert|\banmeldung zum newsletter|\b(?:jetzt|kostenlos)\b.{0,40}\bnewsletter\b",
    r"\b(?:get|receive|delivered|straight)\b.{0,60}\b(?:in|to) your inbox\b",
    r"\bsubscription for as little as\b|\b(?:why not subscribe|subscribe now|subscribe today)\b.{0,80}[£$€]",
    r"\bab \d{1,3} euro (?:im|pro) monat\b|\bmenschen unterstützen .{2,30} freiwillig",
    r"\bdownload (?:our|the) (?:\w+ )?app\b|\ball rights reserved\b",
    r"\bthis \w+ requires javascript\b|\b(?:enable|aktivieren sie|activez|activa|attiva)\b.{0,30}\bjavascript\b",
    r"\bclick here (?:to|for) (?:more|sub|sign|get)\b",
    r"\bthis (?:website|site) uses cookies|\bexternen? inhalt|\binhalte .{0,40}angezeigt werden",
    r"\bde cet article à lire\b|\bréservée? (?:aux|à nos) abonnés",
    r"\bwe (?:may|might|could) (?:earn|receive|get) (?:an? )?(?:\w+ )?commission",
    r"\bfollow (?:him|her|them) on (?:twitter|x|facebook|inst)",
    r"\bcom[eé]nt[aá]rios?\b.{0,100}\b(?:moderador|moderação|moderación|aprovados|aprobados)\b",
    r"\bwe use cookies\b|\bverwende[nt] cookies\b|\butilise(?:ns)? des cookies\b|\butiliza(?:mos)? cookies\b",
    r"本(?:[網网]?站|[網网][頁页])使用.{0,8}(?:cookie|相[关關]技[术術])",
    r"(?:登入|登录|登錄|[订訂][阅閱]|加入[会會][员員]).{0,12}[阅閱][读讀](?:全文|完整)|[会會][员員](?:專屬|专属)(?:[内內]容|文章)",
    r"免[責责][声聲]明|版[权權]所有|未[经經]授[权權]|[点點][击擊]上方|[扫掃][码碼](?:[关關]注|打[开開]|下[载載])|長按[识識]别|分享让更多人看到",
    r"[歡欢]迎.{0,8}投稿|[來来]稿[請请]|查看原图|返回.{0,8}首页|下[载載].{0,10}(?:app|客户端)",
)
# Only where it speaks to the reader: residents may sign up for alerts too.
_SUBSCRIBE = re.compile(
    r"\b(?:sign(?:ing)? up|subscribe|register)\b.{0,80}\b(?:newsletter|inbox|updates|alerts|free|today|digital)"
)
_READER = re.compile(r"\b(?:you|your|our|us|my|here|now|please)\b|^\W{0,4}(?:sign|subscribe|register|for)\b")
# A line that is only the name of what follows, or of its own kind.
_LABELS = (
    r"advert(?:isement|ising|s)?|pub|anzeige|werbung|reklam[ea]?|annons|publicidad[e]?|publicité|pubblicità|реклама|[廣广]告",
    r"comments?|kommentare?(?:teilen)?|share(?: th(?:is|e))?(?: article| story| post)?|teilen",
    r"embed|tags?|topics?|themen|sources?|quellen?|kilder?|fuentes?|fonte",
    r"article|loading(?: ?\.{3})?|video loading|images?|photos?|foto|gallery|slideshow|play|listen|print|follow",
    r"(?:责任|責任)?(?:编辑|編輯)|责编|責編|作者|校对|校對|审核|審核|来源|來源",
    r"key events|[图圖]集|[图圖]片|分享",
    r"(?:share|deel|del|dela|partager?|compartir|condividi|teilen|jaa) (?:on|op|på|sur|en|su|auf|via|per) \S+(?: \S+)?",
    r"(?:send|stuur|skicka|envoyer|enviar|invia) (?:by|per|via|par|por) (?:e-?)?mail",
    # The story goes on below an advertisement or a film.
    r"scroll (?:down )?to continue.{0,40}",
    r"(?:the |this )?(?:story|article) continues (?:below|after)\b.{0,60}",
    r"(?:der |dieser )?(?:artikel|text|beitrag) (?:geht|wird) .{0,40}(?:weiter|fortgesetzt).{0,20}",
    r"(?:la )?suite (?:de l['’]article |du texte )?(?:après|sous|ci-dessous)\b.{0,40}|l['’]article continue .{0,40}",
    r"(?:el artículo |la noticia )?contin[uú]a (?:leyendo |a leggere |a ler )?"
    r"(?:después|tras|debajo|dopo|sotto|após|depois)\b.{0,60}",
    r"(?:het )?(?:artikel|tekst) gaat (?:verder|door) .{0,40}|lees verder (?:onder|na)\b.{0,40}",
    r"(?:artikke(?:le|l)n|artike[ln]n?|saken) fort(?:setter|sætter|sätter) .{0,40}|juttu jatkuu .{0,40}",
    r"(?:dalszy ciąg|dalsza część|reszta) (?:artykułu|tekstu|materiału) .{0,40}|článek pokračuje .{0,40}",
    r"\[[^\[\].!?]{3,40}\]",  # what a content system puts in its place: [Video: …]
)
_IMPRINTS = (
    r"\W{0,3}(?:©|\(c\) ?\d|copyright\b).{0,120}",
    r"(?:image|photo|picture|foto|bild|photograph)s? ?(?:credit|source|by)?s?:.{0,150}",
    r"(?:source|quelle|kilde|fuente|fonte)s?:.{0,150}",
)

_ABOUT_AUTHOR = re.compile(
    r"(?:[A-ZÀ-Þ][\w.'’-]+ ){2,4}(?:is|was) (?:a|an|the) (?:[\w’'&-]+ ){0,5}"
    r"(?:writer|reporter|correspondent|columnist|editor|journalist|freelancer|contributor|fellow)\b"
)
_COMMENTS = re.compile(
    r"\W{0,3}(?:\(?\d{1,5}\)? )?(?:(?:top[ -]rated|top|all|latest|recent|your|reader|user|facebook) )?"
    r"(?:comments?(?: section| policy| guidelines)?|(?:leave|post|add|write|submit) (?:a |your )?(?:reply|comment)"
    r"|join the (?:discussion|conversation)|what do you think|discussion|disclaimer|terms of use"
    r"|kommentare?|kommentarer|leserkommentare|kommentar (?:schreiben|verfassen)|diskutieren sie mit|reacties"
    r"|commentaires|réactions|comentarios?|comentários?|deja (?:un|tu) comentario|commenti|komentarze|komentáře"
    r"|komentar|yorumlar|комментарии|коментарі|التعليقات|תגובות|ความคิดเห็น|bình luận|発言"
    r"|(?:みんなの|新着)?コメント(?:を書く)?"
    r"|(?:전체|최신|독자|네티즌)? ?(?:기사)? ?(?:의견|댓글|덧글)(?: ?(?:보기|쓰기|남기기))?|"
    r"(?:[網网]友|最新|[熱热][門门]|全部|[發发]表)?(?:[評评][論论]|留言|意[見见])(?:[區区]|[規规][則则])?)"
    r"(?: ?\(?\d{1,5}\)?| ?（[^（）]{1,20}）)?\W{0,3}",
    re.IGNORECASE,
)
_KEY_POINTS = re.compile(
    r"\W{0,3}(?:key (?:points|takeaways|facts)|(?:the )?(?:main|essential) points|at a glance|in (?:kürze|breve|brief)"
    r"|das wichtigste(?: in kürze)?|auf einen blick|l['’]essentiel|points? clés?|claves|lo esencial|in sintesi"
    r"|in het kort|kort fortalt|kort sagt|i korthet)\W{0,3}",
    re.IGNORECASE,
)
_APPEAL = re.compile(r"\W{0,3}(?:support|help|fund|sustain) (?!for\b).{0,60}\bjournalism\b", re.IGNORECASE)
_MACHINE_SUMMARY = re.compile(
    r"\W{0,3}(?:(?:ai|ki|ia)\b.{0,3}(?:assisted|generated|powered|gener\w+|erstellte?)?.{0,3}"
    r"(?:summary|zusammenfassung|overview|sammanfattning|sammendrag|samenvatting|摘要|要約|总结|總結|重點|要点|요약)"
    r"|(?:summary|overview) (?:generated |made |created )?(?:by|with) ai"
    r"|(?:résumé|resumen|resumo|riassunto) .{0,20}\bia|人工智[能慧](?:摘要|总结|總結))\W{0,3}",
    re.IGNORECASE,
)
_POINTER = re.compile(rf"[\W_]{{0,6}}(?:{'|'.join(_POINTERS)})", re.IGNORECASE)
# Of lines in lower case: to ignore case costs these several times as much.
_INVITING_START = re.compile(rf"\W{{0,4}}(?:{'|'.join(_INVITING_STARTS)})")
_INVITATION = re.compile("|".join(_INVITATIONS))
# Every invitation has one of these; to look for them is much cheaper than the expression.
_HINTS = (
    "newsletter", "inbox", "sign up", "signing up", "subscribe", "register", "download", "all rights", "javascript",
    "click here", "cookie", "euro im monat", "euro pro monat", "unterstützen", "inhalt", "à lire", "abonné",
    "commission", "follow h", "follow t", "moder", "aprov",
)  # fmt: skip
_HAN_HINT = re.compile(
    r"相[关關]技|[读讀](?:全文|完整)|專屬|专属|[声聲]明|[权權]所有|授[权權]|上方|[码碼](?:[关關]注|打[开開]|下[载載])|長按|分享让|查看原|首页|下[载載]|投稿|[來来]稿"
)
_LABEL = re.compile(rf"[\W_]{{0,4}}(?:{'|'.join(_LABELS)})\W{{0,4}}|{'|'.join(_IMPRINTS)}", re.IGNORECASE | re.DOTALL)


def is_pointer(text: str) -> bool:
    """Whether a line begins by pointing to another story."""
    return _POINTER.match(text) is not None


def is_invitation(text: str) -> bool:
    """Whether a line asks something of the reader or speaks of the page itself."""
    if len(text) >= 800:
        return False
    text = text.lower()
    if _INVITING_START.match(text):
        return True
    hinted = any(map(text.__contains__, _HINTS)) or (not text.isascii() and _HAN_HINT.search(text))
    if not hinted:
        return False
    return _INVITATION.search(text) is not None or bool(_SUBSCRIBE.search(text) and _READER.search(text))


def is_about_author(text: str) -> bool:
    """Whether a line tells who its author is: "Jane Roe is a staff writer who …"."""
    return len(text) < 400 and _ABOUT_AUTHOR.match(text) is not None


def is_comments_heading(text: str) -> bool:
    """Whether a line is the heading over what readers write, or over the terms on which they may."""
    return len(text) < 60 and _COMMENTS.fullmatch(text) is not None


def is_summary_heading(text: str) -> bool:
    """Whether a line is the heading over the points of a story, which its text tells anyway."""
    return len(text) < 40 and _KEY_POINTS.fullmatch(text) is not None


def is_appeal(text: str) -> bool:
    """Whether a line is the heading over why readers should give the house money."""
    return len(text) < 100 and _APPEAL.match(text) is not None


def is_machine_summary(text: str) -> bool:
    """Whether a line is the heading over what a machine made of the story."""
    return len(text) < 60 and _MACHINE_SUMMARY.fullmatch(text) is not None


def is_label(text: str) -> bool:
    """Whether a line is a label or an imprint and says nothing of the story."""
    return len(text) < 200 and _LABEL.fullmatch(text) is not None
