"""The words of Western bylines: labels, posts, towns of two words, and what follows the names."""

from __future__ import annotations

import re

LABEL = re.compile(
    r"(?:von unsere[mr] \w+\s(?=\S+ \S)|aus [^\s,]+(?: [^\s,]+)? berichtet |(?:του|της|των) (?=\S+ \S+$)"
    r"|(?:(?:written|reported|story|reporting|words|text|opinion|analysis|commentary|posted|published|review|"
    r"report|interview|"
    r"compiled|article|ein \w+|eine \w+|aufgezeichnet|protokoll|publié|propos recueillis|publicado|escrito|redactado|"
    r"skrevet|a cura|an? \w+) )?(?:by|von|par|por|di|door|av|af|przez|от|від|oleh|opr(?:ac)?\.|oprac|opracował[aiy]?|"
    r"rozmawiał[aiy]?|zpracovala?|připravila?|подготовил[аи]?|записал[аи]?|підготува(?:в|ла|ли))(?::| |(?=\n))"
    r"|(?:words|interview|protokoll|bài(?:, ảnh)?|"
    r"text|texte|texto|tekst|testo|teksti|author|autor(?:in|en|es|a|zy)?|auteur(?:e|s)?|autore|автор(?:ы|и)?|текст|"
    r"yazar|haber|penulis|szerző|írta|pisze|napsal[ai]?|reporter|journalist|redaktör|reportage|written by|byline"
    r"|recherche|bericht|reporting|كتبت?|كتب بواسطة|بقلم|إعداد|تقرير"
    r"|گزارش(?:گر)?|نویسنده|خبرنگار|מאת|लेखक|tác giả|โดย|เรื่อง) ?[:|—–] ?"
    r"|(?:de|par|von|da|dal|de la|from) (?:our|notre|nos|unsere[mnr]|nuestr[oa]s?|nostr[oa]|nossa?) (?:\w+ )?"
    r"(?:correspondant|envoyé|korrespondent|mitarbeiter|redakt|corresponsal|enviad|inviat|corrispondent|reporter)\w*"
    r"(?: spécial\w*| especial\w*)?,?\s"
    r"|(?:كتبت?|بقلم|إعداد|מאת|tác giả|โดย)\s)\s*",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"(?i)(?:.*[\s-])?(?:report(?:er|ing)|correspondent(?:e|in)?|editor(?:in)?|writer|columnist|journalist(?:in|"
    r"e)?|redakteur(?:in)?|"
    r"redacteur|rédact(?:eur|rice)|kolumnist(?:in)?|autor(?:in)?|producer|photographer|analyst|critic|contributor|"
    r"korrespondent(?:in)?|chef\w*|director|fellow|professor|intern|volont(?:är|ärin)|periodista|corresponsal|"
    r"redactor[a]?|giornalista|inviat[oa]|"
    r"correspondant[e]?|envoyé(?:e)? spécial(?:e)?|journaliste|jornalista|repórter|reporterin|reportér(?:ka)?|"
    r"novinář(?:ka)?|journalisten|reporteren|корреспондент|"
    r"обозреватель|журналист(?:ка)?|muhabir|freelance(?:r)?|blogger|chief|head|manager|strategist|economist|host|"
    r"anchor|presenter|(?:ressort|team|büro|redaktions)?leiter(?:in)?|redaktør|verslagge(?:ver|efster)|"
    r"(?:hoofd|päätoimi|toimi)?(?:redacteur|ttaja)|dziennikar(?:z|ka)|redaktor(?:ka)?|reporterka|editorka|"
    r"reporter[oa]|subdirector[a]?|wartawan|kontributor|(?:muhabir|yazar|editör)[iüıu]?)"
    r"(?:[ -](?:in|at|for|of|on|und|and|für|politik|wirtschaft|sport|news|kultur|lokales|wissen(?:schaft)?|"
    r"gesellschaft|"
    r"panorama|digital|ausland|inland|meinung|medien|gesundheit|culture|politiek|economie|cultuur|binnenland|buitenland|société|politique|économie|cultura|política|"
    r"economía|deportes|economia|cronaca|esteri)\b.*)?"
)
# Towns of two words, which look like a name: these open one, and hardly a person's name.
TOWN = re.compile(
    r"(?:San|Santa|Santo|São|Sankt|St\.?|Saint|New|Nueva|Nova|Nuova|Los|Las|Port|Porto|Puerto|Fort|Bad|Buenos|"
    r"Rio de|Río de|Tel|Hong|Kuala|Abu|Addis|Phnom|Cape|Den|Mexico|Ciudad de|Cidade do|Ho Chi|Belo|Novi|Banja|"
    r"Nizhny|Sri|Washington|Frankfurt am|नई) \S+(?: City)?"
)
# Who took the pictures wrote nothing.
TOOK = re.compile(
    r"(?i)(?:presse|staff)?-?\s?(?:fotograf(?:in|o|a|en)?|fotógraf[oa]|photographe|fotojournalist\w*|kuvaaja|фотограф)"
)
ROLE_BEFORE = re.compile(
    r"((?:(?:senior|chief|special|staff|foreign|political|news|sports?|science|health|business|freelance|associate|"
    r"deputy|AP|"
    r"BBC|contributing) )*(?:reporter|correspondent|writer|editor|columnist)) (?=\S+ \S)",
    re.IGNORECASE,
)
ROLE_AFTER = re.compile(
    r"(\S+ \S.*?),? ((?:(?:senior|chief|staff|foreign|political|sports?|science|health|business|associate|AP|"
    r"contributing) )*"
    r"(?:reporter|correspondent|writer|editor|columnist|journalist(?:in|e)?|korrespondent(?:in)?|redakteur(?:in)?"
    r"|redaktör|giornalista|periodista|jornalista)s?)",
    re.IGNORECASE,
)
STAFF = re.compile(
    r"(?i)(?:the )?(?:.* )?staff(?: (?:reporters?|writers?|correspondents?))?|.*\b(?:own|our) correspondent"
)
# What follows the names and belongs to none of them.
END = re.compile(
    r"\s*(?:[|•·▪]| [–—] |\b(?:updated|published|posted|last modified|aktualisiert|stand:|veröffentlicht|publié|"
    r"publicado|mis à jour|actualizado|uppdaterad|oppdatert|\d+ min\b|exclusive for|special to|zuerst|first published|"
    r"heute|gestern|today|yesterday|hier à|ieri|ayer|ontem|gisteren|vandaag|igår|i går|"
    r"(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\d{1,2}[./]\d{1,2}[./]\d{2}"
    r"|\b(?:le |on |am |el |il |den |du )?\d{1,2}\.? [^\W\d]{3,10}\.? \d{4}"
    # Whose pictures they are, in the same line.
    r"|\b(?:kamera|camera|foto(?:['’]?s|ğraf)?|photos?|pictures?|bild(?:er)?|video|фото|تصوير|צילום)\s?:).*",
    re.IGNORECASE | re.DOTALL,
)
