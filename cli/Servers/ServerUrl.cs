using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DaprMoE.Cli;

/// <summary>The running server that a command asks.</summary>
internal sealed class ServerUrl
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Option<string?> _url = new("--url")
    {
        Description = "Address of the server; the default is http://127.0.0.1:8080.",
        HelpName = "URL",
    };

    public void AddTo(Command command) => command.Options.Add(_url);

    /// <summary>Gets one answer.</summary>
    /// <exception cref="CommandException">Nobody answers there, or not with this.</exception>
    public async Task<T> GetAsync<T>(ParseResult arguments, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        Uri address = new(Address(arguments), path);
        using HttpClient client = new() { Timeout = Patience };
        try
        {
            using HttpResponseMessage response = await client.GetAsync(address, cancellationToken);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException("the answer is null")
                : throw Failed($"{address} answers {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
        catch (HttpRequestException exception)
        {
            throw Failed($"No server answers at {address} ({exception.Message}); start one with `daprmoe serve`, or name another by --url.");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed($"{address} did not answer within {Patience.TotalSeconds} s.");
        }
        catch (JsonException exception)
        {
            throw Failed($"{address} does not answer as a DaprMoE server does: {exception.Message}");
        }
    }

    private static CommandException Failed(string message) => new(message, ExitCodes.Unavailable);

    private Uri Address(ParseResult arguments)
    {
        string text = arguments.GetValue(_url) ?? "http://127.0.0.1:8080";
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address
            : throw CommandException.Usage($"--url is {text}; it may be http://HOST:PORT or https://HOST:PORT.");
    }
}
