"""Words and sentence patterns of the off-topic prose: {slot} is a word list, [a|b] a choice."""


def words(text):
    return [" ".join(item.split()) for item in text.split(",")]


WORDS = {
    "she": words("""Ines, Walter, Priya, Old Tom Harker, Marguerite, Desmond, my aunt Ruth, Kofi, Leonie, the
        baker, Anselm, Beatrix, my neighbour, Yusuf, Dr. Lindqvist, Mrs. Abernathy, Paolo, Gwen, Mr. Okonkwo, Hattie,
        the postman, Sunniva, Ravi, the twins, Clementine, Joost, Marisol, the caretaker, Prof. Adeyemi, Fern"""),
    "place": words("""Dunmore, Lisbon, the harbour, Tromsø, the old quarter, Kyoto, the north shore, Valparaíso,
        the market square, Ghent, the upper valley, Marrakesh, the island, Trieste, the state park, Oaxaca, the lake,
        Galway, the far end of town, Hobart, a small city on the coast, Ljubljana, the next county, Bergen"""),
    "when": words("""last autumn, on Tuesday, in early March, after lunch, before dawn, at the weekend, one wet
        evening, in {year}, every second Thursday, by midsummer, on the first of the month, in the end, that
        afternoon, a week later, around 9 p.m., shortly after noon, at about half past six, long before the war,
        since the spring, on a cold Sunday, in the small hours, the year before last, towards the end of June"""),
    "adj": words("""quiet, narrow, unlikely, patient, bright, worn, generous, crooked, stubborn, pale, cheerful,
        heavy, ordinary, damp, splendid, dusty, careful, uneven, gentle, brittle, handsome, shabby, brisk, plain,
        tidy, weary, clumsy, honest, faded, solemn, curious, lively, wooden, foreign, early, awkward, empty"""),
    "adv": words("""slowly, at last, without hurry, almost by accident, with some care, again and again, rather
        badly, in silence, for no clear reason, as usual, with great pleasure, twice over, in one go, half asleep,
        on purpose, a little too early, better than expected, under protest, by hand, in good order, with a grin,
        without a word, more or less, in the wrong order, to everyone’s surprise, as the rules say"""),
    "thought": words("""nobody had asked for it, the best part was still to come, it could have been worse, the
        whole thing would be forgotten by Monday, that was the point, there was nothing to be done, some habits
        are hard to break, the price had gone up again, the answer lay somewhere else, patience is cheaper, they
        had been lucky, two would have been enough, the old way was not so bad, the map was wrong, the numbers did
        not add up, it was time to go home, small things matter most, luck had little to do with it, the kettle
        was already on, the instructions were of no use, a second look does no harm, the dog knew first, practice
        helps only so far, the door had been open all along, everyone else had noticed, it would rain anyway, this
        state of things could not last, the order in which it happened mattered less, an act of kindness costs
        little, the last section is the one worth reading, not even the head of the department knew"""),
    "link": words("""Even so, In fact, Oddly enough, For the most part, Then again, As it turned out, By all
        accounts, To be fair, On the other hand, Looking back, All the same, From a distance, If anything, With
        hindsight, Against all advice, Little by little, As so often, Strictly speaking, Meanwhile, At first"""),
}

TOPICS = {
    "cooking": {
        "words": {
            "food": words("""leeks, chickpeas, brown butter, a handful of parsley, two ripe quinces, smoked trout,
                the last of the rhubarb, red lentils, day-old bread, roasted fennel, sour cherries, wild garlic,
                barley, three egg yolks, grated ginger, plum jam, pickled cabbage, soft cheese, toasted almonds,
                black pepper, shallots, cold potatoes, a spoon of mustard, cream, lemon peel, honey, buttermilk"""),
            "dish": words("""soup, pie, risotto, flatbread, stew, custard, omelette, chutney, gratin, dumplings,
                curry, tart, broth, crumble, salad, pudding, terrine, pancakes, relish, casserole, biscuits"""),
            "do": words("""simmer, stir, fold, chop, whisk, roast, blanch, drain, knead, season, grate, braise,
                strain, toast, chill, scrape, peel, warm, crush, reduce, melt, soak"""),
        },
        "sentences": [
            "{do} {food} with {food} until the edges brown, about {n} minutes.",
            "{she} swears by {food} in the {dish}, and {thought}.",
            "the {dish} wants a {adj} oven and {food}; {do} it {adv}.",
            "{when}, {she} served {dish} with {food} and {food}.",
            "do not {do} the {food} too early, or the {dish} turns out {adj}.",
            "{link}, a {adj} {dish} needs little more than {food} and a pinch of salt.",
            "“{do} it once more,” said {she}, “and then leave the {food} alone.”",
            "for {n} guests, double the {food} but keep to one measure of {food}.",
            "a cook in {place} told me to {do} the {food} in {food}, which I did {adv}.",
            "my mother’s {dish} was {adj}: {food}, {food}, and [never|hardly ever|always] {food}.",
            "the cookbook of {year} has a section on {dish}, but it leaves out {food}.",
            "{do}, then {do}, then {do} again: {thought}.",
            "we ate the {dish} {adv}, standing up, {when}.",
        ],
    },
    "sport": {
        "words": {
            "team": words("""the visitors, the home side, the Rovers, a young Ravens squad, the Harriers, the
                Lakers of old, the under-19s, the champions, the bottom club, the Kestrels, the islanders, the rowing
                eight, the relay team, the Wanderers, the Otters, the substitutes, the city eleven"""),
            "act": words("""scored from the corner, dropped the baton, held the ball for ten minutes, missed a
                penalty, broke away on the left, ran out of time-outs, finished a length ahead, tied the score,
                lost the toss, hit the post, fell apart in the third set, kept a clean sheet, stole second base,
                changed the goalkeeper, took the bronze, gave away a free kick, led by a wicket"""),
            "coach": words("""coach Ferreira, the manager, the captain, the referee, a retired miler, the physio,
                the commentator, the oldest fan in the stand, the assistant trainer, their striker"""),
        },
        "sentences": [
            "{team} {act} in the {n}th minute, and {thought}.",
            "{coach} said {team} had trained {adv} since {year}.",
            "“we {act}, that is all,” said {coach} {when}.",
            "{link}, {team} {act} before a crowd of {big}.",
            "it was a {adj} match in {place}: {team} {act}, {team} {act}.",
            "after the break {team} [came back|rallied|fought on] {adv} but {act}.",
            "the final score, {n}–{n}, flattered {team}.",
            "{coach} blamed the {adj} pitch, the {adj} wind and a {adj} start.",
            "{when} {team} will meet {team} in {place}; tickets start at {money}.",
            "for {coach}, who grew up in {place}, {thought}.",
            "the order of finish was settled by a photograph after {team} {act}.",
            "a win in the state final would be the club’s first since {year}.",
        ],
    },
    "weather": {
        "words": {
            "sky": words("""drizzle, a band of showers, thick fog, hail the size of peas, a dry east wind, high cloud,
                sunshine, sleet, a thunderstorm, ground frost, haze, a warm front, flurries of snow, a rainbow,
                sea mist, gusts of 40 knots, mackerel sky, a sharp frost, humid air, steady rain"""),
            "where": words("""the coast, the hills, the eastern slopes, the river mouth, most of the county, the
                plain, sheltered valleys, the capital, the moors, the lowlands, the outer islands, the foothills"""),
        },
        "sentences": [
            "{sky} will move over {where} {when}, followed by {sky}.",
            "expect {sky} near {where}, with highs of {n} degrees.",
            "{when} {sky} reached {where}, and {thought}.",
            "{link}, {sky} is rare over {where} so late in the season.",
            "the {adj} spell ends {when}, when {sky} spreads to {where}.",
            "{she} keeps a rain gauge in {place} and wrote down {n} millimetres.",
            "not since {year} had {where} seen {sky} and {sky} on one day.",
            "winds turn {adj} over {where}; after dark, {sky}.",
            "“that’s {sky} for you,” said {she} {adv}.",
            "farmers around {place} welcomed {sky}, sailors did not.",
            "the state climatologist put the odds of {sky} at one in {n}.",
        ],
    },
    "gardening": {
        "words": {
            "plant": words("""runner beans, the climbing rose, sweet peas, foxgloves, a fig tree, kale, dahlias,
                lavender, gooseberries, hellebores, tomatoes, the box hedge, tulips, a quince, rosemary, leeks,
                honeysuckle, marigolds, the apple tree, ferns, irises, courgettes, asters, snowdrops"""),
            "pest": words("""slugs, greenfly, blackspot, pigeons, the late frost, mildew, vine weevils, a mole,
                cabbage whites, bindweed, ground elder, couch grass, rust, neighbourhood cats"""),
            "care": words("""mulch, water, prune, stake, thin out, divide, feed, cut back, lift, sow, earth up,
                repot, dead-head, net, tie in"""),
        },
        "sentences": [
            "{care} {plant} {when}, before {pest} can find them.",
            "{plant} and {plant} do well together in a {adj} corner.",
            "{she} lost {plant} to {pest} but kept {plant}.",
            "against {pest}, {she} would {care} everything {adv}.",
            "{link}, {plant} will forgive a {adj} summer, while {plant} won’t.",
            "leave {n} centimetres between {plant}, and {care} them once a week.",
            "the soil in {place} is {adj}, so {care} {plant} sparingly.",
            "“{care} first, ask later,” {she} says of {plant}.",
            "if {pest} should appear, {care} and wait; {thought}.",
            "the society’s spring order of bulbs came to {money}, with {plant} for free.",
            "{plant} flowered {adv} this year, and {plant} hardly at all.",
            "one section of the allotment is given over to {plant}.",
        ],
    },
    "science": {
        "words": {
            "thing": words("""the beetle’s wing, a comet, tidal mud, the enzyme, a crystal of salt, deep-sea corals,
                migrating cranes, the inner ear, lichen, volcanic glass, a neutron star, pollen, sea ice, the
                honeybee’s dance, a fungus, old starlight, moss, slow earthquakes, mitochondria, peat, whale song"""),
            "verb": words("""measured, photographed, weighed, modelled, sampled, compared, counted, dated, mapped,
                heated to {n} °C, cooled, sequenced, watched for {n} days, recorded, described"""),
            "who": words("""a team in {place}, two graduate students, the observatory, researchers, a retired
                chemist, the institute, an amateur astronomer, the survey ship, a group led by {she}, the museum"""),
        },
        "sentences": [
            "{who} {verb} {thing} and found it {adj}.",
            "{link}, {thing} behaves like {thing}, only [faster|slower|on another scale].",
            "until {year}, nobody had {verb} {thing}.",
            "in a paper out {when}, {who} {verb} {n} samples of {thing}.",
            "the effect is {adj}, about {n} per cent, and {thought}.",
            "what {thing} has to do with {thing} is [unclear|an open question|a matter of debate].",
            "“we {verb} it twice,” said {she}, “and {thought}.”",
            "{thing} can act as a clock, {who} say, because it changes {adv}.",
            "{who} will next have {thing} {verb} in {place}.",
            "in its solid state, {thing} is {adj}; the other states are harder to see.",
            "the department of geology keeps {big} slides of {thing}.",
            "none of this explains {thing}, as {who} admit.",
        ],
    },
    "travel": {
        "words": {
            "means": words("""the night train, a rented bicycle, the ferry, a {adj} bus, the funicular, the early
                flight, a borrowed canoe, the tram, the coast road, the sleeper, a mail boat, the footpath"""),
            "sight": words("""a lighthouse, tiled roofs, a flea market, the salt pans, an empty chapel, the aqueduct,
                a row of plane trees, the botanical garden, a tiny cinema, cliffs, a lace museum, hot springs, the
                fish auction, a covered bridge, an office where they still stamp tickets by hand, city walls"""),
        },
        "sentences": [
            "{means} leaves {place} {when} and takes {n} minutes.",
            "from {place}, {means} goes past {sight} and {sight}.",
            "we had come for {sight} but stayed for {sight}.",
            "{link}, {place} is {adj} out of season; {thought}.",
            "rooms cost {money} a night, with {sight} outside the window.",
            "{she} crossed from {place} to {place} by {means}, {adv}.",
            "“miss {means},” {she} warned, “and you sleep in {place}.”",
            "in {place} there is {sight}, {adj} and free of charge.",
            "the guidebook of {year} praises {sight}; today it is {adj}.",
            "at the tourist office a {adj} man drew {sight} on my map {adv}.",
            "{when}, with {means} cancelled, {place} seemed a long way from {place}.",
            "the city empties {when}, and {sight} is yours alone.",
            "a police brass band was playing beside {sight} when {means} pulled in.",
        ],
    },
    "business": {
        "words": {
            "firm": words("""the brewery, a bicycle maker in {place}, the dairy cooperative, Halvorsen & Daughters, the
                paper mill, a family printer, the shipyard, Tern Logistics, the bookseller, a maker of clocks, the
                furniture chain, Quillfeather Ltd., the department store, a start-up from {place}, the bakery chain"""),
            "deed": words("""opened {n} shops, cut its prices, posted a small profit, hired {n} apprentices, moved to
                {place}, put off its listing, sold the warehouse, raised wages, changed its name, lost an order,
                doubled its stock, dropped a product, went back to paper, bought a rival, closed a branch"""),
        },
        "sentences": [
            "{firm} {deed} {when}, and {thought}.",
            "sales at {firm} rose {n} per cent to {money} million.",
            "{link}, {firm} {deed} while {firm} {deed}.",
            "“customers are {adj},” said {she}, who runs {firm}.",
            "after {firm} {deed}, shares fell {adv}.",
            "{firm}, founded in {year}, {deed}; it now employs {big} people.",
            "an order from {place} kept {firm} busy {adv}.",
            "the head office of {firm} is a {adj} house near {place}.",
            "{she} left {firm} {when} to start something {adj}.",
            "analysts expect that {firm}, having {deed}, will wait.",
            "the marketing department wanted it {adj}; {she} did not.",
            "costs were {money} per unit in {year} and are {money} now.",
        ],
    },
    "fiction": {
        "words": {
            "object": words("""the letter, a blue umbrella, her gloves, the ledger, a cracked cup, the lantern, his
                violin, the parcel, a bunch of keys, the photograph, a train ticket, the shawl, an unpaid bill, the
                chess set, a pocket watch, the birdcage, a bottle of ink, two apples"""),
            "gesture": words("""looked away, laughed, put down {object}, shrugged, folded {object}, said nothing,
                picked up {object}, opened the window, counted to ten, sat on the stairs, coughed, nodded, turned
                {object} over, leaned on the gate, lit the stove, waited"""),
            "line": words("""you might have told me, I never liked {place}, it isn’t yours to give, there’s someone
                at the door, we could still catch the boat, you said Thursday, give me {object}, I was nineteen
                then, don’t put on an act for me, ask {she}, that was years ago, keep your voice down, it’s only the
                wind, I’d know that hat anywhere, he won’t come now, put the room in order first"""),
        },
        "sentences": [
            "“{line},” said {she}, and {gesture}.",
            "{she} {gesture}. “{line}.”",
            "“{line}?” “{line},” {she} answered {adv}.",
            "{object} lay on the {adj} table where {she} had left it {when}.",
            "{she} {gesture} and {gesture}.",
            "outside, {place} was {adj} and {adj}.",
            "nobody spoke of {object} again until {when}.",
            "{link}, {she} had always known that {thought}.",
            "it was {adj} in the hall, and {object} smelled of {place}.",
            "“if {she} hears of {object},” he said, “{line}.”",
            "she thought of {place}, of {object}, of the {adj} summer of {year}.",
            "{when} they called the police about the noise; it was only {she} and {object}.",
        ],
    },
    "arts": {
        "words": {
            "work": words("""the quartet, a small still life, her second novel, the mural, an opera about bees, the
                woodcuts, a documentary, the altar cloth, a puppet play, the sonatas, his late poems, the exhibition,
                a silent film, the sculpture garden, an etching, the ballet, a book of maps"""),
            "maker": words("""a painter from {place}, the choir, the young cellist, {she}, the translator, a troupe of
                nine, the gallery, the conductor, an unknown weaver, the playwright, the curator"""),
        },
        "sentences": [
            "{maker} finished {work} {adv}, {when}.",
            "{work} is {adj} and {adj}, though {thought}.",
            "{link}, {work} owes more to {work} than {maker} admits.",
            "{maker} calls {work} “a {adj} joke”.",
            "first shown in {place} in {year}, {work} drew {big} visitors.",
            "in the second act, {maker} plays {adv} and {thought}.",
            "what {maker} does with {work} is {adj}, [above all|at least|most of all] at the end.",
            "the string section carries {work}; the brass is {adj}.",
            "{maker} sold {work} for {money} and bought it back {when}.",
            "“{work} was never meant to be {adj},” said {maker}.",
            "the programme lists {work} before {work}, in order of age.",
            "a review from {place} found {work} {adj}.",
        ],
    },
    "home": {
        "words": {
            "part": words("""the gutter, the back door, a sash window, the boiler, floorboards, the bathroom tap,
                wallpaper, the chimney, a hinge, the fuse box, the banister, skirting boards, the garden wall, a leaking
                pipe, the letter box, an old radiator, the shelf, roof tiles, the cellar steps"""),
            "tool": words("""a chisel, two clamps, sandpaper, the short ladder, linseed oil, a plumb line, masking tape,
                the good drill, wire wool, a spirit level, a hacksaw, putty, a wire brush, wood glue"""),
            "fix": words("""sand, scrape, paint, measure, unscrew, seal, replace, clean, level, patch, prime, oil,
                re-hang, tighten"""),
        },
        "sentences": [
            "to {fix} {part}, you need {tool} and {tool}.",
            "{fix} {part} first; {part} can wait.",
            "{she} tried to {fix} {part} with {tool}, {adv}.",
            "{link}, {part} was in a {adj} state, and {thought}.",
            "a quote for {part} came to {money}, so we decided to {fix} it ourselves {when}.",
            "never {fix} {part} without {tool}.",
            "“{fix} it, don’t {fix} it twice,” said {she}.",
            "the house in {place}, built in {year}, had {part} of a {adj} kind.",
            "with {tool} in one hand, {she} set out to {fix} {part}.",
            "{n} screws later, {part} was {adj} again.",
            "keep {tool} dry, and {fix} {part} once a year.",
        ],
    },
    "animals": {
        "words": {
            "animal": words("""the heron, a pair of swifts, our spaniel, the grey mare, a hedgehog, seals, the barn owl,
                a stray tomcat, otters, the goats, a robin, jackdaws, the tortoise, the old donkey, bats, wild geese, a
                fox, the hens, a dragonfly, the neighbour’s parrot, a young badger, eels"""),
            "does": words("""sleeps through the day, comes back every spring, eats almost anything, keeps to the reeds,
                watches from the roof, has learned to open the gate, steals buttons, cannot bear thunder, sings
                before sunrise, swims well, hides food for the winter, follows the plough, dislikes umbrellas"""),
        },
        "sentences": [
            "{animal}, they say, {does}, and {animal} {does}.",
            "{when} {she} saw {animal} near {place}.",
            "{link}, {animal} {does} only where {thought}.",
            "{animal}, [as a rule|it seems|they say], {does}.",
            "“{animal} {does},” {she} told the children {adv}.",
            "count {animal} at dusk, when {animal} {does}.",
            "in {year} a {adj} winter drove {animal} towards {place}.",
            "the vet charged {money} and said {animal} was {adj}.",
            "nobody in {place} minds that {animal} {does}.",
            "a {adj} photograph of {animal} hangs in the post office.",
            "of {n} chicks, {n} lived; {thought}.",
        ],
    },
    "town": {
        "words": {
            "event": words("""the flower show, a jumble sale, the half marathon, choir practice, the county fair, a
                lecture on tides, the street party, the chess evening, the regatta, the harvest supper, a craft market,
                the quiz, the lantern walk, the school concert, bingo, the model railway day"""),
            "people": words("""volunteers, the scouts, the library staff, the brass band, retired teachers, the bell
                ringers, parents, the drama club, shopkeepers, the bowls club, the fire brigade, the swimmers"""),
        },
        "sentences": [
            "{event} takes place {when} in {place}; {people} serve tea.",
            "{people} raised {money} at {event}.",
            "{link}, {event} drew {n} people, and {thought}.",
            "{she} has run {event} {adv} since {year}.",
            "after {event}, {people} cleared the hall {adv}.",
            "“come to {event},” said {she}, “{people} will be there.”",
            "{event} was {adj} this time, with {people} in [green|paper hats|the front row].",
            "parking near {place} is {adj} during {event}.",
            "{people} and {people} will share the hall {when}.",
            "the local section of the ramblers meets before {event}.",
            "it rained on {event}, as it did in {year}; {people} stayed on.",
        ],
    },
}
