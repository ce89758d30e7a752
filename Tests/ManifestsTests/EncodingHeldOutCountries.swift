extension EncodingMatrixTests {
    /// Texts that no rating was tuned on; half of their headers are ASCII, as are many of their cells.
    static let heldOut: [Country] = [
        Country(
            name: "Austrian",
            encodings: ["windows-1252"],
            header: "Company;City;Street;ZIP",
            companies: [
                "Tischlerei Grössl", "Hofer Elektro", "Gasthof Zum Hirschen", "Wäscherei Plöchl", "Steiner & Co",
            ],
            cities: ["Wien", "Wörgl", "Linz", "Mödling", "Graz"],
            streets: ["Mariahilfer Straße", "Am Graben", "Rennweg", "Kärntner Ring"]
        ),
        Country(
            name: "Quebec",
            encodings: ["windows-1252", "macintosh"],
            header: "Entreprise;Ville;Rue;Code",
            companies: [
                "Pâtisserie Élodie", "Garage Tremblay", "Fromagerie des Îles", "Imprimerie Côté", "Dépanneur 24 h",
            ],
            cities: ["Montréal", "Québec", "Trois-Rivières", "Gatineau"],
            streets: ["rue Saint-Denis", "chemin Sainte-Foy", "côte de la Fabrique", "boulevard René-Lévesque"]
        ),
        Country(
            name: "Italian",
            encodings: ["windows-1252", "ISO-8859-15"],
            header: "Società;Città;Via;CAP",
            companies: [
                "Caffè Vergnano", "Ferramenta Rossi", "Libreria dell'Università", "Costruzioni Nicolò",
                "Gelateria Più Buono",
            ],
            cities: ["Forlì", "Cantù", "Roma", "San Donà di Piave", "Torino"],
            streets: ["via Libertà", "corso Italia", "piazza Unità", "via XX Settembre"]
        ),
        Country(
            name: "Mexican",
            encodings: ["windows-1252", "macintosh"],
            header: "Empresa;Ciudad;Calle;CP",
            companies: [
                "Tortillería Doña Lupe", "Ferretería Monterrey", "Cervecería del Río", "Servicios Íñigo", "Taller Peña",
            ],
            cities: ["Ciudad de México", "Mérida", "Querétaro", "Cancún"],
            streets: ["Avenida Juárez", "Calle Hidalgo", "Paseo del Ángel", "Calzada de los Niños"]
        ),
        Country(
            name: "Swedish",
            encodings: ["windows-1252"],
            header: "Foretag;Ort;Gata;Postnr",
            companies: ["Åkeri Lindström", "Västkustens Fisk", "Björks Bokhandel", "Östgöta Måleri", "Nilsson Bygg"],
            cities: ["Göteborg", "Malmö", "Örebro", "Lund", "Umeå"],
            streets: ["Storgatan", "Skånegatan", "Vallgatan", "Hornsgatan"]
        ),
        Country(
            name: "Silesian",
            encodings: ["windows-1250", "ISO-8859-2"],
            header: "Nazwa;Miejscowosc;Adres;Kod",
            companies: [
                "Zakład Stolarski Kądziela", "Cukiernia Słodka", "Hurtownia Opału Węgiel", "Biuro Rachunkowe Nowak",
                "Auto Części Ślęzak",
            ],
            cities: ["Gliwice", "Bielsko-Biała", "Świdnica", "Jastrzębie-Zdrój"],
            streets: ["Rybnicka", "3 Maja", "Kościuszki", "Piłsudskiego"]
        ),
        Country(
            name: "Slovak",
            encodings: ["windows-1250", "ISO-8859-2"],
            header: "Firma;Mesto;Ulica;PSČ",
            companies: [
                "Mäsiarstvo Ondrejčák", "Lekáreň Pod Ľubovňou", "Stolárstvo Kováč", "Kvetinárstvo Ruža",
                "Vŕtané Studne",
            ],
            cities: ["Bratislava", "Košice", "Žilina", "Spišská Nová Ves"],
            streets: ["Štúrova", "Hlavná", "Námestie slobody", "Mlynské nivy"]
        ),
        Country(
            name: "Moravian",
            encodings: ["windows-1250"],
            header: "Nazev;Mesto;Adresa;PSC",
            companies: [
                "Vinařství Šebela", "Zámečnictví Novák", "Kavárna Na Růžku", "Stavby Přerov", "Autodoprava Hájek",
            ],
            cities: ["Brno", "Olomouc", "Zlín", "Kroměříž"],
            streets: ["Masarykova", "Údolní", "Lidická", "Na Střelnici"]
        ),
        Country(
            name: "Transdanubian",
            encodings: ["windows-1250", "ISO-8859-2"],
            header: "Név;Település;Cím;Irsz",
            companies: [
                "Virágüzlet Tündérkert", "Autószerviz Kovács", "Pékség a Főtéren", "Zöldséges Nagy", "Könyvesbolt Ősök",
            ],
            cities: ["Veszprém", "Szombathely", "Kaposvár", "Dunaújváros"],
            streets: ["Rákóczi út", "Ady Endre utca", "Béke tér", "Szőlőhegyi út"]
        ),
        Country(
            name: "Anatolian",
            encodings: ["windows-1254"],
            header: "Firma;Il;Adres;Kod",
            companies: ["Demir Çelik Sanayi", "Aydın Kırtasiye", "Yıldız Mobilya", "Doğan Nakliyat", "Gökkuşağı Boya"],
            cities: ["Ankara", "İzmir", "Kırıkkale", "Balıkesir"],
            streets: ["Cumhuriyet Caddesi", "Gazi Bulvarı", "Lale Sokağı", "Uğur Mumcu Caddesi"]
        ),
        Country(
            name: "Baltic",
            encodings: ["windows-1257"],
            header: "Nosaukums;Pilseta;Adrese;Indekss",
            companies: [
                "Ziedu Veikals Magnolija", "Celtniecība Bērziņš", "Autoserviss Kalniņš", "Dzintara Krāsas",
                "Kafejnīca Pie Ežera",
            ],
            cities: ["Daugavpils", "Valmiera", "Cēsis", "Rēzekne"],
            streets: ["Raiņa bulvāris", "Tērbatas iela", "Skolas iela", "Pļavu iela"]
        ),
        Country(
            name: "Siberian",
            encodings: ["windows-1251", "KOI8-R", "IBM866", "ISO-8859-5"],
            header: "Name;City;Street;ZIP",
            companies: ["ОАО Сибтранс", "Хлебозавод 3", "АО Якорь", "Фирма Эдельвейс", "Цех упаковки"],
            cities: ["Омск", "Новосибирск", "Чита", "Южно-Сахалинск"],
            streets: ["ул. Гагарина", "пр-т Космонавтов", "Щорса", "Красный пер."]
        ),
        Country(
            name: "Cretan",
            encodings: ["windows-1253", "ISO-8859-7"],
            header: "Eponymia;Poli;Odos;TK",
            companies: ["Ζαχαροπλαστείο Χαρά", "Μεταφορές Δήμου", "Φαρμακείο Ψαρρά", "Ξυλουργείο Βλάχος"],
            cities: ["Χανιά", "Ρέθυμνο", "Άγιος Νικόλαος"],
            streets: ["Πλατεία 1866", "Δικαιοσύνης", "Έβανς"]
        ),
        Country(
            name: "Galilean",
            encodings: ["windows-1255"],
            header: "Name;City;Street;ZIP",
            companies: ["מוסך השרון", "פיצה נפוליטנה", "חשמל וצבע בע״מ", "גן ילדים צמח"],
            cities: ["טבריה", "צפת", "עכו"],
            streets: ["ויצמן", "העצמאות", "ז׳בוטינסקי"]
        ),
        Country(
            name: "Gulf",
            encodings: ["windows-1256"],
            header: "Name;City;Street;ZIP",
            companies: ["مطعم زيتون", "ورشة خالد للسيارات", "صيدلية الشفاء", "مقاولات الخليج"],
            cities: ["جدة", "أبوظبي", "الدوحة"],
            streets: ["شارع زايد", "طريق الكورنيش", "حي الروضة"]
        ),
        Country(
            name: "Hokkaido",
            encodings: ["CP932", "EUC-JP-MS"],
            header: "name;city;street;zip",
            companies: ["合同会社雪丸", "佐藤歯科医院", "北斗水産加工㈱", "居酒屋のんき", "ラーメン横丁"],
            cities: ["函館市", "小樽市", "旭川市"],
            streets: ["末広町", "色内", "宮下通", "緑が丘東"]
        ),
        Country(
            name: "Sichuan",
            encodings: ["GB18030"],
            header: "name;city;street;zip",
            companies: ["绵阳机械制造厂", "乐山茶叶合作社", "宜宾酒业集团", "顺风汽车修理", "鸿运百货"],
            cities: ["绵阳", "自贡", "泸州"],
            streets: ["人民路", "滨江路", "红旗街"]
        ),
        Country(
            name: "Kaohsiung",
            encodings: ["Big5"],
            header: "name;city;street;zip",
            companies: ["鴻海精密工業", "順發電腦", "阿榮牛肉麵", "聯合會計師事務所", "大潤發量販"],
            cities: ["屏東縣", "嘉義市", "臺南市"],
            streets: ["博愛一路", "五福四路", "成功路"]
        ),
        Country(
            name: "Jeju",
            encodings: ["EUC-KR"],
            header: "name;city;street;zip",
            companies: ["탐라수산", "올레길 펜션", "감귤농장 영농조합", "한라세탁소", "돌하르방식당"],
            cities: ["제주시", "서귀포시", "여수"],
            streets: ["연동 삼무로", "노형로", "중정로"]
        ),
        Country(
            name: "Siamese",
            encodings: ["TIS-620"],
            header: "name;city;street;zip",
            companies: ["ร้านกาแฟดอยช้าง", "อู่ซ่อมรถสมชาย", "หจก. รุ่งเรืองก่อสร้าง"],
            cities: ["ขอนแก่น", "หาดใหญ่", "ระยอง"],
            streets: ["มิตรภาพ", "เพชรเกษม", "นิพัทธ์อุทิศ"]
        ),
    ]
}
