"""The investigation as its readers know it, written out by hand: sections, and how every sentence begins and ends."""

from pathlib import Path

RAW = Path(__file__).parent.parent.parent / "corpus" / "documents" / "malmo-forsoksverksamhet.txt"
TITLE = "Utredning av förutsättningarna för försöksverksamhet i Malmö för arbetsmarknadsreformer"
SENTENCES = {
    "Bakgrund": [
        ("Kommunstyrelsen beslutade i oktober 2020", "ett inkluderande och hållbart Malmö."),
        ("Efter drygt två års arbete överlämnade", "till stadens nämnder och helägda bolag."),
        ("Efter remissförfarandet redovisades ärendet", "utifrån Tillväxtkommissionens rapport."),
        ("Ett av besluten var att uppmana", "för arbetsmarknadsreformer (§ 129, STK-2023-602)."),
        ("Tillväxtkommissionen hänvisar i slutrapporten", "som bitit sig fast på höga nivåer."),
        ("Samtidigt har landets kommuner inte rådighet", "de regelverk som styr arbetsmarknaden."),
        ("Kommissionen bedömer att det finns både", "arbetsmarknadspolitiska åtgärder i Malmö och Skåne."),
        ("Enligt kommissionen bör en sådan utredning (1) titta på", "åtgärder skulle kunna vara i Malmö."),
    ],
    "Arbetsmarknads- och socialförvaltningens utredning": [
        ("Arbetsmarknads- och socialförvaltningen har utrett", "i samarbete med stadskontoret."),
        ("I utredningen har förvaltningen även inhämtat", "Arbetsmarknadsdepartementet, arbetsmarknadsenheten."),
        ("Arbetsmarknads- och socialförvaltningen har fokuserat", "enligt kommunfullmäktiges beslut."),
        ("Eftersom det i uppdraget saknas konkreta förslag", "åtgärder skulle kunna vara i Malmö."),
    ],
    "Försöksverksamhet i den kommunala sektorn": [
        ("Arbetsmarknads- och socialförvaltningens utgångspunkt", "från staten vad gäller nya lösningar."),
        ("En sådan signal kom i betänkandet Förändring genom försök – försöks", "sektorn (SOU 2023:94)."),
        ("Utredningen tog sin utgångspunkt i", "står inför flera samhällsutmaningar."),
        ("Några av dem är en ökad polarisering", "andel i förvärvsarbetande ålder."),
        ("Utredningen syftade till att öka", "de samhällsutmaningar de står inför."),
        ("I en försöksverksamhet skulle kommunsektorn", "kunna sprida resultat till andra."),
        ("Försöken skulle till exempel kunna handla", "eller nya sätt att använda teknik."),
        ("Intresset från kommunerna för försöksverksamhet", "som berör arbetsmarknadsområdet."),
        ("I ett förslag om försöksverksamhet från", "målgrupper av arbetslösa kommuninvånare."),
        ("Utredningen arbetade med att få till stånd en försöksverksverksamhet", "gällande regelverk."),
    ],
    "Förutsättningar för försöksverksamhet": [
        ("SKR konstaterar att det efter att", "en försökslagstiftning inom arbetsmarknadsområdet."),
        ("SKR:s bedömning är att det inte finns", "inom ramen för gällande regelverk."),
        ("Arbetsmarknadsdepartementet konstaterar i sitt svar", "för arbetsmarknadspolitiska frågor."),
        ("Regelverket för arbetsmarknadspolitiken är generellt", "ansvaret för arbetsmarknadspolitiken."),
        ("Däremot beskriver departementet bland annat", "som Arbetsförmedlingen kan besluta om."),
    ],
    "Sammanfattande bedömning": [
        ("Efter att ha varit i kontakt med SKR och", "i den kommunala sektorn (SOU 2023:94)."),
        ("Förvaltningen bedömer att det i nuläget inte finns", "undantag från befintlig lagstiftning."),
        (
            "Inom ramen för gällande regelverk på",
            "exempel projekt eller genom utveckling inom ordinarie "
            "verksamhet, internt inom staden eller tillsammans med andra parter.",
        ),
        ("Flera nationella reformer är på gång", "kommunernas arbete inom området."),
        (
            "Det handlar bland annat om regeringens aviserade",
            "och icke-medborgare, samt aktivitetskrav för försörjningsstödstagare.",
        ),
        ("Genom det föreslagna aktivitetskravet", "att aktivera personer med försörjningsstöd."),
        ("Arbetsmarknads- och socialförvaltningen ser ett behov", "möta nya uppdrag och utmaningar."),
        ("Förvaltningen bedömer att stadens samverkan", "ska komma ut på arbetsmarknaden."),
    ],
}
LEAD_IN = "Av förvaltningens informationsinhämtning från SKR och Arbetsmarknadsdepartementet framgår följande:"
PAGE_STARTS = {
    1: "Utredning av förutsättningarna för",
    2: "Arbetsmarknads- och socialförvaltningen har fokuserat på",
    3: "Förutsättningar för försöksverksamhet\n\nAv förvaltningens",
    4: "eller genom utveckling inom ordinarie verksamhet",
}
