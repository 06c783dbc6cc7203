using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>The parameters that chat and completions have in common.</summary>
internal static class SharedParameters
{
    /// <summary>What <c>stream_options</c> has.</summary>
    public static readonly ParameterTable<StreamOptions> StreamOptionsTable = new(
        [
            new Implemented<StreamOptions, bool>(
                "include_usage", "Ends the stream with a chunk that has the usage.", ValueRules.Flag, (o, v) => o.IncludeUsage = v),
            new Ignored<StreamOptions>("include_obfuscation", "Ignored: chunks are not padded."),
        ],
        "stream_options.");

    /// <summary>What <c>daprmoe</c> has.</summary>
    public static readonly ParameterTable<Extensions> ExtensionsTable = new(
        [
            new Implemented<Extensions, bool>(
                "usage", "Adds the bill of this request to the usage; a stream ends with the usage then.", ValueRules.Flag, (o, v) => o.Usage = v),
        ],
        "daprmoe.");

    public static IEnumerable<Parameter<T>> Of<T>()
        where T : GenerationParameters =>
        [.. Answer<T>(), .. Sampling<T>(), .. Ignored<T>(), .. Pending<T>()];

    private static IEnumerable<Parameter<T>> Answer<T>()
        where T : GenerationParameters =>
    [
        new Implemented<T, string>("model", "Id of the model; by default the only one.", ValueRules.Text, (r, v) => r.Model = v),
        new Implemented<T, bool>(
            "stream", "Sends the answer piece by piece, as server-sent events.", ValueRules.Flag, (r, v) => r.Stream = v),
        new Composite<T>(
            "stream_options", "Options of a stream.", "an object; with stream only",
            (path, json, r) => r.StreamOptions = ReadObject(path, json, StreamOptionsTable)),
        new Composite<T>(
            "daprmoe", "What only this server has.", "an object", (path, json, r) => r.Extensions = ReadObject(path, json, ExtensionsTable)),
        new Implemented<T, int>(
            "max_tokens", "Most tokens to generate; by default generation_config.json's max_new_tokens or what the context holds.",
            ValueRules.MaxTokens, (r, v) => r.MaxTokens = v),
        new Implemented<T, int>(
            "max_completion_tokens", "The same as max_tokens.", ValueRules.MaxTokens, (r, v) => r.MaxCompletionTokens = v),
        new Implemented<T, IReadOnlyList<string>>(
            "stop", "Texts that end the answer; they are not part of it.", ValueRules.Stop, (r, v) => r.Stop = v),
        new Implemented<T, bool>("ignore_eos", "Goes on after the model's end tokens.", ValueRules.Flag, (r, v) => r.IgnoreEos = v),
    ];

    private static IEnumerable<Parameter<T>> Sampling<T>()
        where T : GenerationParameters =>
    [
        new Implemented<T, float>(
            "temperature", "Divides the logits; 0 takes the best token.", ValueRules.Temperature, (r, v) => r.Temperature = v),
        new Implemented<T, float>(
            "top_p", "Draws from the fewest tokens that have this probability together.", ValueRules.TopP, (r, v) => r.TopP = v),
        new Implemented<T, int>("top_k", "Draws from this many best tokens.", ValueRules.TopK, (r, v) => r.TopK = v),
        new Implemented<T, float>(
            "min_p", "Draws from tokens with this share of the best one's probability.", ValueRules.MinP, (r, v) => r.MinP = v),
        new Implemented<T, long>(
            "seed", "Makes the answer repeatable; by default it is drawn for each request.", ValueRules.Seed, (r, v) => r.Seed = v),
    ];

    private static IEnumerable<Parameter<T>> Ignored<T>() =>
    [
        new Ignored<T>("user", "Ignored: no use is made of who asks."),
        new Ignored<T>("store", "Ignored: no answer is stored."),
        new Ignored<T>("metadata", "Ignored: it belongs to stored answers."),
        new Ignored<T>("service_tier", "Ignored: there is one tier."),
        new Ignored<T>("prompt_cache_key", "Ignored: it never changes an answer."),
        new Ignored<T>("safety_identifier", "Ignored: no use is made of who asks."),
    ];

    private static IEnumerable<Parameter<T>> Pending<T>() =>
    [
        new Pending<T>("n", "Answers to give.", "1", IsNumber(1)),
        new Pending<T>("frequency_penalty", "Makes tokens rarer the more often they came.", "0", IsNumber(0)),
        new Pending<T>("presence_penalty", "Makes tokens that came rarer.", "0", IsNumber(0)),
        new Pending<T>("repetition_penalty", "Makes tokens that came rarer, by a factor.", "1", IsNumber(1)),
        new Pending<T>("logit_bias", "Adds to the logits of tokens.", "an empty object", IsEmptyObject),
        new Pending<T>("min_tokens", "Fewest tokens to generate.", "0", IsNumber(0)),
        new Pending<T>("priority", "Place in the queue.", "0", IsNumber(0)),
        new Pending<T>("request_id", "Id of the request.", "null; the header x-request-id sets it", _ => false),
    ];

    /// <summary>Whether a value is a number and this one.</summary>
    public static Predicate<JsonElement> IsNumber(int number) =>
        json => json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out double value) && value == number;

    /// <summary>Whether a value is the empty array.</summary>
    public static bool IsEmptyArray(JsonElement json) => json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 0;

    /// <summary>Whether a value is the empty object.</summary>
    public static bool IsEmptyObject(JsonElement json) => json.ValueKind == JsonValueKind.Object && !json.EnumerateObject().Any();

    private static TOptions ReadObject<TOptions>(string path, JsonElement json, ParameterTable<TOptions> table)
        where TOptions : new()
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw ApiErrors.InvalidValue(path, json, "an object");
        }

        TOptions options = new();
        table.Read(json, options);
        return options;
    }
}
