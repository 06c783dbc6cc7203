using System.Threading.Channels;
using Dapr.Workflow.Protocol;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DaprMoE.WorkflowRuntime.Tests;

/// <summary>A sidecar without a network: the test gives work items and sees what is completed.</summary>
internal sealed class FakeSidecar : CallInvoker
{
    private readonly Channel<IMessage> _requests = Channel.CreateUnbounded<IMessage>();
    private Channel<WorkItem> _items = Channel.CreateUnbounded<WorkItem>();
    private int _streams;
    private int _hellos;

    /// <summary>Streams of work items that were opened.</summary>
    public int Streams => Volatile.Read(ref _streams);

    /// <summary>Signs of life that were asked for.</summary>
    public int Hellos => Volatile.Read(ref _hellos);

    /// <summary>Calls answer with this failure; null: they do not fail.</summary>
    public Func<string, StatusCode?> Fault { get; set; } = _ => null;

    /// <summary>Answers of <c>GetInstance</c>, one after the other; the last one stays.</summary>
    public Queue<GetInstanceResponse> Instances { get; } = [];

    public void Give(WorkItem item) => Assert.True(_items.Writer.TryWrite(item));

    /// <summary>Ends the open stream; null: cleanly.</summary>
    public void EndStream(StatusCode? code = null) =>
        _items.Writer.Complete(code is { } failure ? new RpcException(new Status(failure, "the stream broke")) : null);

    /// <summary>The next request of a kind.</summary>
    public async Task<T> NextAsync<T>()
        where T : IMessage
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await _requests.Reader.ReadAsync(deadline.Token) is T request)
            {
                return request;
            }
        }
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        _requests.Writer.TryWrite((IMessage)request);
        return new AsyncUnaryCall<TResponse>(
            AnswerAsync<TResponse>(method.Name), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        _items = Channel.CreateUnbounded<WorkItem>();
        Interlocked.Increment(ref _streams);
        object reader = new Reader(_items.Reader);
        return new AsyncServerStreamingCall<TResponse>(
            (IAsyncStreamReader<TResponse>)reader, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    private async Task<TResponse> AnswerAsync<TResponse>(string method)
    {
        await Task.Yield();
        _ = method == "Hello" ? Interlocked.Increment(ref _hellos) : 0;
        if (Fault(method) is { } code)
        {
            throw new RpcException(new Status(code, $"{method} failed"));
        }

        object answer = method switch
        {
            "Hello" => new Empty(),
            "StartInstance" => new CreateInstanceResponse(),
            "GetInstance" => Instances.Count > 1 ? Instances.Dequeue() : Instances.Peek(),
            "TerminateInstance" => new TerminateResponse(),
            "PurgeInstances" => new PurgeInstancesResponse { DeletedInstanceCount = 1 },
            _ => new CompleteTaskResponse(),
        };
        return (TResponse)answer;
    }

    private sealed class Reader(ChannelReader<WorkItem> items) : IAsyncStreamReader<WorkItem>
    {
        public WorkItem Current { get; private set; } = new();

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await items.WaitToReadAsync(cancellationToken))
            {
                return false;
            }

            Current = await items.ReadAsync(cancellationToken);
            return true;
        }
    }
}
