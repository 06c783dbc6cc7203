using System.Net;
using System.Text;

namespace DaprMoE.Sidecar.Tests;

/// <summary>Answers as the sidecar or the orchestrator would.</summary>
internal sealed class FakeOrchestrator(HttpStatusCode status, string body) : HttpMessageHandler
{
    public string? Request { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string content = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Request = $"{request.Method} {request.RequestUri!.AbsolutePath} {content}".TrimEnd();
        return status == 0
            ? throw new HttpRequestException("Connection refused")
            : new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
