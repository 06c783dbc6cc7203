namespace DaprMoE.Text.Unicode;

/// <summary>The classes that regular expressions and tokenizer components name.</summary>
internal static class CharacterClass
{
    private static readonly Dictionary<string, CodePointSet> Properties = BuildProperties();

    /// <summary>White space, <c>\s</c>.</summary>
    public static CodePointSet WhiteSpace { get; } = UnicodeTables.Instance.Classes["WhiteSpace"];

    /// <summary>Word characters, <c>\w</c>.</summary>
    public static CodePointSet Word { get; } = UnicodeTables.Instance.Classes["Word"];

    /// <summary>Decimal digits, <c>\d</c>.</summary>
    public static CodePointSet DecimalDigit => Properties["Nd"];

    /// <summary>Numbers of every kind, <c>\p{N}</c>.</summary>
    public static CodePointSet Number => Properties["N"];

    /// <summary>Letters, <c>\p{L}</c>.</summary>
    public static CodePointSet Letter => Properties["L"];

    /// <summary>Punctuation, <c>\p{P}</c>.</summary>
    public static CodePointSet Punctuation => Properties["P"];

    /// <summary>The names that <see cref="Find"/> knows.</summary>
    public static IEnumerable<string> PropertyNames => Properties.Keys;

    /// <summary>The set that <c>\p{name}</c> stands for; null if the name is not known.</summary>
    public static CodePointSet? Find(string name) => Properties.GetValueOrDefault(name);

    private static Dictionary<string, CodePointSet> BuildProperties()
    {
        IReadOnlyDictionary<string, CodePointSet> classes = UnicodeTables.Instance.Classes;
        CodePointSet letters = classes["Lu"].Union(classes["Ll"]).Union(classes["Lt"]).Union(classes["Lm"]).Union(classes["Lo"]);
        return new Dictionary<string, CodePointSet>
        {
            ["L"] = letters,
            ["Lu"] = classes["Lu"],
            ["Ll"] = classes["Ll"],
            ["Lt"] = classes["Lt"],
            ["Lm"] = classes["Lm"],
            ["Lo"] = classes["Lo"],
            ["M"] = classes["Mark"],
            ["N"] = classes["Number"],
            ["Nd"] = classes["Nd"],
            ["P"] = classes["Punctuation"],
            ["S"] = classes["Symbol"],
            ["Z"] = classes["Separator"],
            ["Cc"] = classes["Control"],
            ["Cf"] = classes["Format"],
            ["Han"] = classes["Han"],
        };
    }
}
