using System.Security.Cryptography;
using System.Text;

namespace DaprMoE.DirectTransport;

/// <summary>The secret that gateways and expert hosts share, as a header of every call.</summary>
public sealed class SharedSecret
{
    /// <summary>The header that proves it: <c>authorization: Bearer SECRET</c>.</summary>
    public const string HeaderName = "authorization";

    private const int LeastBytes = 16;
    private const int MostBytes = 4096;
    private const string Scheme = "Bearer ";

    private readonly byte[] _hash;

    /// <param name="secret">The secret.</param>
    public SharedSecret(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        _hash = Hash(HeaderValue(secret));
    }

    /// <summary>Reads a secret from a file; white space around it does not count.</summary>
    /// <exception cref="InvalidDataException">It is shorter than 16 bytes or longer than 4096.</exception>
    public static string ReadFile(string path)
    {
        FileInfo file = new(path);
        string secret = file.Length <= MostBytes ? File.ReadAllText(path).Trim() : "";
        return secret.Length >= LeastBytes
            ? secret
            : throw new InvalidDataException(
                $"The secret file {path} has {file.Length} bytes; allowed: {LeastBytes} to {MostBytes}. "
                + $"Make one by: openssl rand -hex 32 > {path}");
    }

    /// <summary>Whether a header proves that its sender knows the secret; takes the same time for every wrong one.</summary>
    public bool IsProvenBy(string? header) => CryptographicOperations.FixedTimeEquals(Hash(header ?? ""), _hash);

    internal static string HeaderValue(string secret) => Scheme + secret;

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
