extension EncodingMatrixTests {
    static let countries: [Country] = [
        Country(
            name: "German",
            encodings: ["windows-1252", "ISO-8859-1", "ISO-8859-15", "macintosh"],
            header: "Firma;Ort;Straße;PLZ",
            companies: [
                "Müller Maschinenbau GmbH", "Bäckerei Schön", "Großhandel Weiß KG", "Schlüsseldienst Köhler",
                "Hansen Logistik", "Gebrüder Jäger", "Küchenstudio Löwe", "Fröhlich & Söhne", "Übersetzungsbüro Krüger",
            ],
            cities: ["Köln", "München", "Düsseldorf", "Nürnberg", "Lübeck", "Gießen", "Göttingen"],
            streets: ["Hauptstraße", "Am Bühl", "Königsallee", "Schloßplatz", "Mühlenweg", "Bahnhofstraße"]
        ),
        Country(
            name: "French",
            encodings: ["windows-1252", "ISO-8859-1", "ISO-8859-15", "macintosh"],
            header: "Société;Ville;Adresse;Code postal",
            companies: [
                "Boulangerie du Château", "Société générale d'élevage", "Crêperie de la Forêt", "Hôtel Beauséjour",
                "Maçonnerie Lefèvre", "Établissements Noël", "Café de l'Île", "Ateliers Renée Garçon",
            ],
            cities: ["Besançon", "Nîmes", "Évreux", "Orléans", "Saint-Étienne", "Béziers", "Mâcon"],
            streets: [
                "rue de la Liberté", "avenue du Maréchal", "allée des Chênes", "boulevard Gambetta", "quai de Saône",
            ]
        ),
        Country(
            name: "Spanish",
            encodings: ["windows-1252", "ISO-8859-1", "ISO-8859-15", "macintosh"],
            header: "Compañía;Ciudad;Dirección;Código postal",
            companies: [
                "Construcciones Núñez", "Panadería La Española", "Distribución Ibérica", "Peluquería Ángela",
                "Diseño Gráfico Muñoz", "Almacenes Peña", "Automóviles Gómez", "Clínica Sebastián",
            ],
            cities: ["Málaga", "Cádiz", "León", "A Coruña", "Ávila", "Córdoba", "Logroño"],
            streets: [
                "Calle de Alcalá", "Paseo de la Concepción", "Avenida de América", "Plaza España", "Calle Jiménez",
            ]
        ),
        Country(
            name: "Portuguese",
            encodings: ["windows-1252", "ISO-8859-1"],
            header: "Empresa;Cidade;Endereço;Código",
            companies: [
                "Construções Gusmão", "Padaria São João", "Irmãos Conceição", "Comércio de Pães", "Irmã Lúcia",
            ],
            cities: ["São Paulo", "Brasília", "Goiânia", "Vitória", "Maceió"],
            streets: ["Rua das Açucenas", "Avenida São Luís", "Praça da Sé", "Travessa João Falcão"]
        ),
        Country(
            name: "Danish",
            encodings: ["windows-1252", "ISO-8859-1"],
            header: "Virksomhed;By;Vej;Postnummer",
            companies: ["Blåbær Mølle", "Sørensen & Sønner", "Havnens Smørrebrød", "Østergaard Træ", "Færch Køkken"],
            cities: ["København", "Århus", "Tønder", "Næstved", "Hillerød"],
            streets: ["Nørregade", "Søndergade", "Ærøvej", "Vestergade", "Åboulevarden"]
        ),
        Country(
            name: "Finnish",
            encodings: ["windows-1252", "ISO-8859-1"],
            header: "Yritys;Kaupunki;Osoite;Numero",
            companies: ["Mäkelän Leipomo", "Järvi ja Pöytä Oy", "Hämeen Sähkö", "Työkalu Välimäki", "Löyly Oy"],
            cities: ["Jyväskylä", "Hämeenlinna", "Seinäjoki", "Ähtäri"],
            streets: ["Pitkäkatu", "Mäntytie", "Kärsämäentie", "Sörnäisten rantatie"]
        ),
        Country(
            name: "Polish",
            encodings: ["windows-1250", "ISO-8859-2"],
            header: "Firma;Miasto;Ulica;Kod",
            companies: [
                "Księgarnia Zielona", "Piekarnia Pod Żurawiem", "Usługi Ślusarskie Wójcik", "Młyn Dąbrowa",
                "Przedsiębiorstwo Gąska", "Źródło Życia", "Spółdzielnia Jaśmin", "Łączność Kraków",
            ],
            cities: ["Łódź", "Wrocław", "Gdańsk", "Poznań", "Częstochowa", "Toruń"],
            streets: ["ulica Świętokrzyska", "aleja Zwycięstwa", "ulica Długa", "plac Wolności", "ulica Żeromskiego"]
        ),
        Country(
            name: "Czech",
            encodings: ["windows-1250", "ISO-8859-2"],
            header: "Společnost;Město;Ulice;PSČ",
            companies: [
                "Řeznictví Dvořák", "Pekařství U Růže", "Účetní kancelář Černý", "Truhlářství Šťastný",
                "Žižkovský květ",
            ],
            cities: ["Plzeň", "Hradec Králové", "Ústí nad Labem", "Děčín", "Příbram"],
            streets: ["Dlouhá třída", "náměstí Míru", "Křižíkova", "Vinohradská", "U Tří lvů"]
        ),
        Country(
            name: "Hungarian",
            encodings: ["windows-1250", "ISO-8859-2"],
            header: "Cég;Város;Utca;Irányítószám",
            companies: [
                "Őszi Bőrdíszmű", "Kőbányai Sörfőzde", "Fűszerkereskedés", "Gyógyszertár a Hídnál", "Tűzoltó Készülék",
            ],
            cities: ["Győr", "Székesfehérvár", "Gödöllő", "Hódmezővásárhely", "Pécs"],
            streets: ["Petőfi Sándor utca", "Erzsébet körút", "Kossuth tér", "Üllői út"]
        ),
        Country(
            name: "Romanian",
            encodings: ["windows-1250", "ISO-8859-2"],
            header: "Companie;Oraş;Stradă;Cod",
            companies: [
                "Brutăria Sfânta Ana", "Construcţii Învingătorul", "Grădina Fermecată", "Librăria Puşkin",
                "Şantier Naval",
            ],
            cities: ["Bucureşti", "Timişoara", "Constanţa", "Iaşi", "Braşov"],
            streets: ["Strada Ştefan cel Mare", "Calea Victoriei", "Bulevardul Unirii", "Strada Câmpului"]
        ),
        Country(
            name: "Croatian",
            encodings: ["windows-1250", "ISO-8859-2"],
            header: "Tvrtka;Grad;Ulica;Poštanski broj",
            companies: ["Pekara Božić", "Građevina Đurđević", "Vinarija Čačković", "Šumarija Učka", "Knjižara Ćiril"],
            cities: ["Šibenik", "Čakovec", "Požega", "Varaždin"],
            streets: ["Ulica kneza Branimira", "Trešnjevačka cesta", "Zagrebačka", "Šetalište"]
        ),
        Country(
            name: "Turkish",
            encodings: ["windows-1254", "ISO-8859-9"],
            header: "Şirket;Şehir;Sokak;Kod",
            companies: [
                "Işık Şirketi", "Güneş Tekstil", "Yağmur Dağıtım", "Çınar İnşaat", "Öztürk Gıda", "Kardeşler Ticaret",
            ],
            cities: ["İstanbul", "Eskişehir", "Muğla", "Diyarbakır", "Şanlıurfa"],
            streets: ["Atatürk Caddesi", "Barış Sokağı", "Çiçek Sokak", "İnönü Bulvarı"]
        ),
        Country(
            name: "Lithuanian",
            encodings: ["windows-1257", "ISO-8859-13"],
            header: "Įmonė;Miestas;Gatvė;Kodas",
            companies: [
                "Žaliasis Ąžuolas", "Kepykla Šeimininkė", "Statybų Įranga", "Vėjo Jėgainės", "Sūrių Namai",
                "Gėlių Žiedas",
            ],
            cities: ["Šiauliai", "Panevėžys", "Klaipėda", "Mažeikiai"],
            streets: ["Žirmūnų gatvė", "Laisvės alėja", "Šaltinių gatvė", "Didžioji gatvė"]
        ),
        Country(
            name: "Latvian",
            encodings: ["windows-1257", "ISO-8859-13"],
            header: "Uzņēmums;Pilsēta;Iela;Indekss",
            companies: [
                "Zaļā Pļava", "Rīgas Maiznīca", "Ķekavas Putni", "Jūras Vējš", "Mežu Īpašnieki", "Būvnieks un Dēli",
            ],
            cities: ["Rīga", "Liepāja", "Jēkabpils", "Ogre", "Jūrmala"],
            streets: ["Brīvības iela", "Krišjāņa Barona iela", "Elizabetes iela", "Kalēju iela"]
        ),
        Country(
            name: "Estonian",
            encodings: ["windows-1257", "ISO-8859-13"],
            header: "Ettevõte;Linn;Tänav;Sihtnumber",
            companies: [
                "Põhjala Õlu", "Mööblimaja", "Võru Pagar", "Päikesepaneelid", "Külmhoone Ühistu", "Läänemere Kala",
            ],
            cities: ["Pärnu", "Võru", "Jõgeva", "Põlva"],
            streets: ["Pärna tänav", "Jõe tänav", "Lõuna puiestee", "Kübara tänav"]
        ),
        Country(
            name: "Vietnamese",
            encodings: ["windows-1258"],
            header: "Công ty;Thành phố;Đường;Mã",
            companies: [
                "Công ty Hoàng Gia", "Nhà hàng Sông Hương", "Xây dựng Đông Á", "Trà và Cà phê", "Thương mại Tân Bình",
            ],
            cities: ["Hà Nội", "Đà Lạt", "Cần Thơ", "Biên Hòa"],
            streets: ["Đường Lê Lợi", "Trần Hưng Đạo", "Nguyễn Du"]
        ),
        Country(
            name: "Russian",
            encodings: ["windows-1251", "KOI8-R", "ISO-8859-5", "IBM866"],
            header: "Компания;Город;Улица;Индекс",
            companies: [
                "ООО Северный ветер", "ЗАО Ромашка", "Торговый дом Заря", "Мебельная фабрика Уют", "Хлебозавод",
                "Строительная компания Высота", "ИП Кузнецов",
            ],
            cities: ["Москва", "Екатеринбург", "Нижний Новгород", "Пермь", "Челябинск"],
            streets: ["улица Ленина", "проспект Мира", "Садовая улица", "Большая Грузинская"]
        ),
        Country(
            name: "Bulgarian",
            encodings: ["windows-1251", "ISO-8859-5"],
            header: "Фирма;Град;Улица;Код",
            companies: ["Хляб и сол", "Строителство Балкан", "Слънчев бряг", "Винарска изба Тракия", "Търговска къща"],
            cities: ["София", "Пловдив", "Велико Търново", "Бургас"],
            streets: ["улица Шипка", "булевард Витоша", "улица Граф Игнатиев"]
        ),
        Country(
            name: "Ukrainian",
            encodings: ["windows-1251", "KOI8-U"],
            header: "Компанія;Місто;Вулиця;Індекс",
            companies: ["Київський хліб", "Будівельна компанія Їжак", "Меблі України", "Сільпо і друзі", "Ґанок"],
            cities: ["Київ", "Львів", "Харків", "Чернівці"],
            streets: ["вулиця Шевченка", "проспект Перемоги", "вулиця Хрещатик"]
        ),
        Country(
            name: "Greek",
            encodings: ["windows-1253", "ISO-8859-7"],
            header: "Εταιρεία;Πόλη;Οδός;Κωδικός",
            companies: [
                "Ελληνική Βιομηχανία", "Γαλάζιο Κύμα", "Αφοί Παπαδόπουλοι", "Οινοποιείο Νεμέας", "Άνθη και Δώρα",
            ],
            cities: ["Αθήνα", "Θεσσαλονίκη", "Ηράκλειο", "Πάτρα"],
            streets: ["Λεωφόρος Αλεξάνδρας", "Ερμού", "Πανεπιστημίου", "Όθωνος"]
        ),
        Country(
            name: "Hebrew",
            encodings: ["windows-1255", "ISO-8859-8"],
            header: "חברה;עיר;רחוב;מיקוד",
            companies: ["המאפייה הגדולה", "ספרים וקפה", "אלקטרוניקה הצפון", "חקלאות הנגב", "משרד עורכי דין"],
            cities: ["ירושלים", "חיפה", "באר שבע", "תל אביב"],
            streets: ["דרך יפו", "רחוב הרצל", "שדרות רוטשילד"]
        ),
        Country(
            name: "Arabic",
            encodings: ["windows-1256", "ISO-8859-6"],
            header: "الشركة;المدينة;الشارع;الرمز",
            companies: ["شركة النور للتجارة", "مخبز السلام", "مؤسسة البناء الحديث", "مكتبة المعرفة", "مصنع الأثاث"],
            cities: ["القاهرة", "الرياض", "دبي", "عمان"],
            streets: ["شارع الملك فهد", "طريق المطار", "شارع التحرير"]
        ),
        Country(
            name: "Japanese",
            encodings: ["Shift_JIS", "EUC-JP"],
            header: "会社名;市区町村;番地;郵便番号",
            companies: [
                "株式会社山田製作所", "有限会社さくら書店", "東京電子工業株式会社", "トヨタ商事", "カフェ・ソレイユ", "能登酒造合資会社",
                "表示システム株式会社", "田中建設",
            ],
            cities: ["東京都港区", "大阪市北区", "愛知県豊田市", "札幌市中央区", "福岡市博多区"],
            streets: ["赤坂一丁目", "梅田二丁目", "本町通り", "トヨタ町", "銀座ビル"]
        ),
        Country(
            name: "Chinese",
            encodings: ["GB18030", "GBK"],
            header: "公司名称;城市;地址;邮编",
            companies: [
                "北京科技有限公司", "上海华鑫贸易有限公司", "广州电子厂", "深圳市晟达物流", "成都火锅餐饮管理", "杭州丝绸进出口公司", "珠江石材贸易",
            ],
            cities: ["北京市", "上海市", "广州市", "深圳市", "成都市"],
            streets: ["南京东路", "解放大道", "天府大街", "西湖区文三路", "中山北路"]
        ),
        Country(
            name: "Taiwanese",
            encodings: ["Big5"],
            header: "公司名稱;城市;地址;郵遞區號",
            companies: ["臺灣科技股份有限公司", "新竹電子", "高雄貿易有限公司", "陽明海運", "鼎豐餐飲事業", "功學社音樂中心"],
            cities: ["臺北市", "新竹市", "高雄市", "臺中市"],
            streets: ["忠孝東路", "中山北路二段", "民權西路", "文化街"]
        ),
        Country(
            name: "Korean",
            encodings: ["EUC-KR", "CP949"],
            header: "회사 이름;도시;주소;우편번호",
            companies: ["한국전자 주식회사", "대한상사", "푸른하늘", "서울무역", "미래건설산업", "행복한 빵집", "부산해운"],
            cities: ["서울특별시", "부산광역시", "대전", "인천", "수원시"],
            streets: ["강남대로", "테헤란로", "중앙로", "해운대로", "종로구 청계천로"]
        ),
        Country(
            name: "Thai",
            encodings: ["TIS-620"],
            header: "บริษัท;เมือง;ถนน;รหัส",
            companies: ["บริษัท ไทยพัฒนา จำกัด", "ร้านอาหารริมน้ำ", "โรงแรมสุขใจ", "ก่อสร้างเจริญ"],
            cities: ["กรุงเทพมหานคร", "เชียงใหม่", "ภูเก็ต"],
            streets: ["ถนนสุขุมวิท", "ถนนสีลม", "ถนนพระราม"]
        ),
    ]
}
