using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace DaprMoE.Text.Tests.Tokenization;

/// <summary>Whatever becomes of a file, it is either read and works, or refused by a <see cref="TokenizerException"/>.</summary>
public class MalformedFileProperties
{
    private static readonly byte[][] Files =
    [
        ReadBad("extra-model-field.json"),
        ReadBad("template-id-mismatch.json"),
        ReadBad("split-catastrophic-regex.json"),
        ReadSmall("mixtral"),
        ReadSmall("metaspace-first"),
    ];

    private static readonly Gen<JsonNode?> Values = Gen.OneOf(
        Gen.Const((JsonNode?)null),
        Gen.OneOf("", "a", "\u2581", "ab c", "\\", "(", "Sequence", "BPE", "<s>").Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.OneOf(-1.0, 0, 1, 2, 7, 1.5, 4294967295, 1e300).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Bool.Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Const((JsonNode?)null).Select(_ => (JsonNode?)new JsonArray()),
        Gen.Const((JsonNode?)null).Select(_ => (JsonNode?)new JsonObject()),
        Gen.Const((JsonNode?)null).Select(_ => (JsonNode?)new JsonArray(1, "a", new JsonObject())));

    [Fact]
    public void Parse_ChangedBytes_IsReadOrRefused() =>
        Gen.Select(Gen.Int[0, Files.Length - 1], Gen.Int[0, int.MaxValue - 1], Gen.Byte, Gen.Int[0, 3]).Sample((file, place, value, cut) =>
        {
            List<byte> content = [.. Files[file]];
            int position = place % content.Count;
            content.RemoveRange(position, Math.Min(cut, content.Count - position));
            content.Insert(position, value);
            TryUse([.. content]);
        });

    [Fact]
    public void Parse_ChangedValues_IsReadOrRefused() =>
        Gen.Select(Gen.Int[0, Files.Length - 1], Gen.Int[0, int.MaxValue - 1], Values, Gen.Bool).Sample((file, place, value, remove) =>
        {
            JsonNode root = JsonNode.Parse(Files[file])!;
            List<JsonNode> parents = [.. Containers(root).Where(node => node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })];
            Change(parents[place % parents.Count], place / parents.Count, value, remove);
            TryUse(Encoding.UTF8.GetBytes(root.ToJsonString()));
        });

    private static void TryUse(byte[] content)
    {
        try
        {
            Tokenizer tokenizer = Tokenizer.Parse(content, [], "changed");
            TokenizedText encoded = tokenizer.EncodeWithOffsets("abc ab é c\u0301 <s> 😀", new EncodeOptions(AddSpecialTokens: true));
            tokenizer.Decode([.. encoded.Ids]);
            Detokenizer detokenizer = tokenizer.CreateDetokenizer();
            Assert.All(encoded.Ids, id => detokenizer.Append(id));
            detokenizer.Flush();
        }
        catch (TokenizerException error)
        {
            Assert.StartsWith("changed: ", error.Message, StringComparison.Ordinal);
        }
    }

    private static void Change(JsonNode parent, int place, JsonNode? value, bool remove)
    {
        if (parent is JsonArray array)
        {
            int index = place % array.Count;
            array.RemoveAt(index);
            if (!remove)
            {
                array.Insert(index, value);
            }
        }
        else if (parent is JsonObject members)
        {
            string name = members.ElementAt(place % members.Count).Key;
            members.Remove(name);
            if (!remove)
            {
                members.Add(name, value);
            }
        }
    }

    private static IEnumerable<JsonNode> Containers(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Containers(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Containers).Prepend(items),
        _ => [],
    };

    private static byte[] ReadBad(string file) => File.ReadAllBytes(Fixtures.PathOf("tokenizers", "bad", file));

    /// <summary>A tokenizer of the fixtures with a vocabulary of a few tokens, so that changes hit its components.</summary>
    private static byte[] ReadSmall(string folder)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllBytes(Fixtures.PathOf("tokenizers", folder, "tokenizer.json")))!;
        root["added_tokens"] = new JsonArray();
        root["model"]!["vocab"] = JsonNode.Parse("""{"<unk>": 0, "a": 1, "b": 2, "ab": 3, "\u2581": 4, "<0xC3>": 5, "<0xA9>": 6}""");
        root["model"]!["merges"] = new JsonArray("a b");
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
